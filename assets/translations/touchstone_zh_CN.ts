<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BlinkView</name>
    <message>
        <source>Held; the space bar goes on</source>
        <translation>已停住；按空格键继续</translation>
    </message>
    <message>
        <source>Photo and reference in turn; the space bar holds</source>
        <translation>照片与参考图轮流显示；按空格键停住</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Genuine reference</source>
        <translation>正品参考图</translation>
    </message>
    <message>
        <source>Photo and reference in turn</source>
        <translation>照片与参考图轮流显示</translation>
    </message>
    <message>
        <source>Each for</source>
        <translation>每张停留</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>CandidateListModel</name>
    <message>
        <source>Same print: {inliers} points agree</source>
        <translation>印刷相同：{inliers} 个点吻合</translation>
    </message>
    <message>
        <source>Not confirmed: {inliers} points agree</source>
        <translation>未确认：{inliers} 个点吻合</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Opening the gallery…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>Comparing references: {done} of {total}</source>
        <translation>正在比较参考图：{done} / {total}</translation>
    </message>
    <message>
        <source>Reading references: {done} of {total}</source>
        <translation>正在读取参考图：{done} / {total}</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>尚未检查。</translation>
    </message>
    <message>
        <source>Nothing to put right was found.</source>
        <translation>没有发现需要处理的问题。</translation>
    </message>
    <message>
        <source>To put right: {count}. The pictures concerned stand below.</source>
        <translation>需要处理：{count} 项。相关图片列在下方。</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Show this side</source>
        <translation>显示这一面</translation>
    </message>
    <message>
        <source>Fill in the facts</source>
        <translation>填写资料</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Move it where it belongs</source>
        <translation>移到应属之处</translation>
    </message>
    <message>
        <source>Remove the chosen picture</source>
        <translation>移除选中的图片</translation>
    </message>
    <message>
        <source>What should be put right</source>
        <translation>需要处理的问题</translation>
    </message>
    <message>
        <source>Pictures concerned</source>
        <translation>相关图片</translation>
    </message>
</context>
<context>
    <name>ComparedWith</name>
    <message>
        <source>Side of the product</source>
        <translation>产品的拍摄面</translation>
    </message>
    <message>
        <source>Compare with another side of this product</source>
        <translation>与此产品的其他拍摄面比对</translation>
    </message>
    <message>
        <source>Compared with {side}</source>
        <translation>比对对象：{side}</translation>
    </message>
    <message>
        <source>The photo cannot be laid on {side}. Choose another, or align by hand.</source>
        <translation>照片无法与 {side} 对齐。请另选一个，或手动对齐。</translation>
    </message>
    <message>
        <source>Chosen by hand</source>
        <translation>手动选择</translation>
    </message>
    <message>
        <source>Aligned by hand</source>
        <translation>手动对齐</translation>
    </message>
    <message>
        <source>Side: {side}</source>
        <translation>拍摄面：{side}</translation>
    </message>
</context>
<context>
    <name>ConcernedPictures</name>
    <message>
        <source>Press a figure, a cell, a bar or a ring to see its pictures here.</source>
        <translation>点击数字、单元格、条形或圆圈，即可在此查看相关图片。</translation>
    </message>
    <message>
        <source>the first {shown} of {count} pictures</source>
        <translation>共 {count} 张图片，显示前 {shown} 张</translation>
    </message>
    <message>
        <source>pictures: {count}</source>
        <translation>图片：{count} 张</translation>
    </message>
    <message>
        <source>Show this side</source>
        <translation>显示这一面</translation>
    </message>
    <message>
        <source>Pictures concerned</source>
        <translation>相关图片</translation>
    </message>
</context>
<context>
    <name>ConflictListModel</name>
    <message>
        <source>undecided</source>
        <translation>未决定</translation>
    </message>
    <message>
        <source>this gallery counts</source>
        <translation>以本图库为准</translation>
    </message>
    <message>
        <source>file counts</source>
        <translation>以文件为准</translation>
    </message>
</context>
<context>
    <name>ConflictPanel</name>
    <message>
        <source>The two galleries contradict each other in {count} places. Say for each whose word counts; undecided: {left}.</source>
        <translation>两个图库有 {count} 处互相矛盾。请逐项选择以谁为准；未决定：{left} 项。</translation>
    </message>
    <message>
        <source>This gallery counts</source>
        <translation>以本图库为准</translation>
    </message>
    <message>
        <source>The file counts</source>
        <translation>以文件为准</translation>
    </message>
    <message>
        <source>In all of them:</source>
        <translation>全部：</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>矛盾之处</translation>
    </message>
</context>
<context>
    <name>ContactSheetView</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Reference {number}</source>
        <translation>参考图 {number}</translation>
    </message>
    <message>
        <source>Laying the references on each other…</source>
        <translation>正在把各张参考图对齐…</translation>
    </message>
    <message>
        <source>The references have changed since; press R to inspect again</source>
        <translation>参考图已有变动；请按 R 重新检验</translation>
    </message>
    <message>
        <source>The same place in the photo and in {count} genuine references</source>
        <translation>照片与 {count} 张正品参考图的同一处</translation>
    </message>
</context>
<context>
    <name>DifferenceCanvas</name>
    <message>
        <source>Measuring the difference…</source>
        <translation>正在测量差异…</translation>
    </message>
    <message>
        <source>Nothing could be judged here</source>
        <translation>此处无法判断</translation>
    </message>
    <message>
        <source>Nothing above the threshold</source>
        <translation>没有超过容差的差异</translation>
    </message>
    <message>
        <source>Important: over ΔE {tolerance}, {share} % of what was judged</source>
        <translation>重要：ΔE 大于 {tolerance}，占可判断面积的 {share} %</translation>
    </message>
    <message>
        <source>Unimportant: ΔE {seen} to {tolerance}</source>
        <translation>不重要：ΔE {seen} 至 {tolerance}</translation>
    </message>
    <message>
        <source>Cannot judge</source>
        <translation>无法判断</translation>
    </message>
</context>
<context>
    <name>DifferenceView</name>
    <message>
        <source>Differences of colour, light evened out</source>
        <translation>颜色差异（已消除光线差别）</translation>
    </message>
    <message>
        <source>Differences between photo and reference</source>
        <translation>照片与参考图的差异</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
</context>
<context>
    <name>DropCatcher</name>
    <message>
        <source>You say next which product and side they show.</source>
        <translation>接下来再填写它们是哪种产品的哪一面。</translation>
    </message>
    <message>
        <source>Add as genuine references</source>
        <translation>添加为正品参考图</translation>
    </message>
    <message>
        <source>Every photo in it, also further below, is compared with the gallery.</source>
        <translation>其中的每张照片（包括各级子文件夹）都与图库比对。</translation>
    </message>
    <message>
        <source>Scan the folder</source>
        <translation>扫描该文件夹</translation>
    </message>
    <message>
        <source>Each is compared with the genuine items in the gallery.</source>
        <translation>每张照片分别与图库中的正品比对。</translation>
    </message>
    <message>
        <source>Inspect this photo</source>
        <translation>检验这张照片</translation>
    </message>
    <message>
        <source>Front, back, label… of one thing, kept together in the list.</source>
        <translation>同一物品的正面、背面、标签等，在列表中归在一起。</translation>
    </message>
    <message>
        <source>Inspect as single photos</source>
        <translation>作为单张照片检验</translation>
    </message>
    <message>
        <source>Inspect as one item</source>
        <translation>作为一件物品检验</translation>
    </message>
</context>
<context>
    <name>EarlierScans</name>
    <message>
        <source>Earlier scans</source>
        <translation>以前的扫描</translation>
    </message>
    <message>
        <source>Look through whole folders</source>
        <translation>整批扫描文件夹</translation>
    </message>
    <message>
        <source>Drop folders of photos here, or choose one. Every photo in them, also further below, is compared with the gallery; the most suspicious come first.</source>
        <translation>把照片文件夹拖到这里，或选择一个文件夹。其中的每张照片（包括各级子文件夹）都与图库比对，最可疑的排在最前。</translation>
    </message>
</context>
<context>
    <name>FactForm</name>
    <message>
        <source>Still missing: {names}</source>
        <translation>尚缺：{names}</translation>
    </message>
    <message>
        <source>year-month-day</source>
        <translation>年-月-日</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photos: {count}</source>
        <translation>照片：{count}</translation>
    </message>
    <message>
        <source>{done} of {count} inspected</source>
        <translation>已检 {done} / {count}</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Places that agree least: {count}</source>
        <translation>最不一致的几处：{count}</translation>
    </message>
    <message>
        <source>Regions that differ: {count}</source>
        <translation>有差异的区域：{count}</translation>
    </message>
    <message>
        <source>Marked with letters. Press N to go from one to the next.</source>
        <translation>以字母标出。按 N 逐一查看。</translation>
    </message>
    <message>
        <source>Candidates in the gallery</source>
        <translation>图库中的候选</translation>
    </message>
    <message>
        <source>Double-click one, or press Enter, to compare the photo with it.</source>
        <translation>双击一项，或按回车键，即可与它比较。</translation>
    </message>
    <message>
        <source>Regions that differ</source>
        <translation>有差异的区域</translation>
    </message>
    <message>
        <source>Added regions: {count}</source>
        <translation>手工添加的区域：{count}</translation>
    </message>
    <message>
        <source>None is confirmed. Press {key} and draw a box round the label: the gallery is then searched with that region alone.</source>
        <translation>没有一个得到确认。按 {key} 并在标签周围画框，即可只用该区域搜索图库。</translation>
    </message>
    <message>
        <source>looked at: {count}</source>
        <translation>已看：{count}</translation>
    </message>
    <message>
        <source>Press N to go from one to the next, and 1 to 5 to mark it.</source>
        <translation>按 N 逐个查看，按 1 至 5 标记。</translation>
    </message>
</context>
<context>
    <name>FolderEditor</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>停止监视</translation>
    </message>
    <message>
        <source>Choose the folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>FoundSideModel</name>
    <message>
        <source>{side} · compared now</source>
        <translation>{side} · 正在比对</translation>
    </message>
    <message>
        <source>Not searched</source>
        <translation>未搜索</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未搜到</translation>
    </message>
    <message>
        <source>Same print: {inliers} points agree</source>
        <translation>印刷相同：{inliers} 个点吻合</translation>
    </message>
    <message>
        <source>Not confirmed: {inliers} points agree</source>
        <translation>未确认：{inliers} 个点吻合</translation>
    </message>
    <message>
        <source>similarity {value}</source>
        <translation>相似度 {value}</translation>
    </message>
</context>
<context>
    <name>GalleryForms</name>
    <message>
        <source>Proof: {names}</source>
        <translation>证明文件：{names}</translation>
    </message>
    <message>
        <source>No proof kept yet</source>
        <translation>尚未保存证明文件</translation>
    </message>
    <message>
        <source>Choose a reference</source>
        <translation>请选择一张参考图</translation>
    </message>
    <message>
        <source>The chosen reference</source>
        <translation>所选参考图</translation>
    </message>
    <message>
        <source>{count} chosen references</source>
        <translation>已选 {count} 张参考图</translation>
    </message>
    <message>
        <source>Choose a file that shows where the item comes from</source>
        <translation>选择能证明物品来源的文件</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Choose a proof…</source>
        <translation>选择证明文件…</translation>
    </message>
</context>
<context>
    <name>GalleryPane</name>
    <message>
        <source>Add {count} more before anything can be stated about a suspect.</source>
        <translation>还需添加 {count} 张，才能对待检物下结论。</translation>
    </message>
    <message>
        <source>Add references…</source>
        <translation>添加参考图…</translation>
    </message>
    <message>
        <source>Paste a picture as reference</source>
        <translation>粘贴图片作为参考图</translation>
    </message>
    <message>
        <source>Remove this reference</source>
        <translation>移除此参考图</translation>
    </message>
    <message>
        <source>What to look at on this side</source>
        <translation>此面的鉴别要点</translation>
    </message>
    <message>
        <source>Import a table…</source>
        <translation>导入表格…</translation>
    </message>
    <message>
        <source>Zones of this side</source>
        <translation>此面的分区</translation>
    </message>
    <message>
        <source>Check the gallery</source>
        <translation>检查图库</translation>
    </message>
    <message>
        <source>Find a product or side</source>
        <translation>查找产品或拍摄面</translation>
    </message>
    <message>
        <source>Products and sides</source>
        <translation>产品与拍摄面</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>The gallery is empty</source>
        <translation>图库是空的</translation>
    </message>
    <message>
        <source>Drop photos of genuine items here, say product and side on the right, and add them. Or open the demo gallery to look around first.</source>
        <translation>把正品照片拖到这里，在右侧填写产品和拍摄面，然后添加。也可以先打开演示图库看看。</translation>
    </message>
</context>
<context>
    <name>GalleryRecords</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状况</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>One file</source>
        <translation>单个文件</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>提议</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Versions and history</source>
        <translation>版本与历史</translation>
    </message>
    <message>
        <source>Health of the gallery</source>
        <translation>图库健康状况</translation>
    </message>
    <message>
        <source>Thresholds…</source>
        <translation>阈值…</translation>
    </message>
</context>
<context>
    <name>GhostView</name>
    <message>
        <source>The dashed line shows how this side is taken. Let the product fill it.</source>
        <translation>虚线表示此面应如何拍摄，请让产品充满虚线范围。</translation>
    </message>
    <message>
        <source>No picture of this side is there yet to show how it is taken.</source>
        <translation>图库中尚无此面的图片，无法提示拍摄方式。</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>Whole gallery</source>
        <translation>整个图库</translation>
    </message>
    <message>
        <source>Health of the gallery</source>
        <translation>图库健康状况</translation>
    </message>
    <message>
        <source>Not checked yet: only what records tell is known.</source>
        <translation>尚未检查：目前只知道记录本身反映的问题。</translation>
    </message>
    <message>
        <source>A ring for each reference against its siblings; the stroke is the limit.</source>
        <translation>每个圆圈代表一张参考图与同一面其他参考图相比的差异；竖线为判定界限。</translation>
    </message>
    <message>
        <source>Sides not measured yet: {count}.</source>
        <translation>尚未测量的面：{count} 个。</translation>
    </message>
    <message>
        <source>Working: {done} of {total}</source>
        <translation>处理中：{done} / {total}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>The gallery is empty.</source>
        <translation>图库为空。</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>尚未检查。</translation>
    </message>
    <message>
        <source>Last check: {at}.</source>
        <translation>上次检查：{at}。</translation>
    </message>
    <message>
        <source>The gallery has changed since.</source>
        <translation>此后图库有改动。</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
</context>
<context>
    <name>HealthPlots</name>
    <message>
        <source>Findings</source>
        <translation>发现的问题</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>缺少什么</translation>
    </message>
    <message>
        <source>How they were taken</source>
        <translation>拍摄情况</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>差异范围</translation>
    </message>
    <message>
        <source>Measure the rest</source>
        <translation>测量其余各面</translation>
    </message>
    <message>
        <source>Compares the references of each side with one another; seconds for a side.</source>
        <translation>将每一面的参考图相互比较；每一面需要数秒。</translation>
    </message>
</context>
<context>
    <name>HealthTableModel</name>
    <message>
        <source>{product}: press to see it alone</source>
        <translation>{product}：点击可单独查看</translation>
    </message>
</context>
<context>
    <name>HealthTiles</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Thin or missing sides</source>
        <translation>太少或缺少的面</translation>
    </message>
    <message>
        <source>To put right</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Unfit photos</source>
        <translation>不合格照片</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Beyond the limit</source>
        <translation>超出判定界限</translation>
    </message>
    <message>
        <source>All references.</source>
        <translation>全部参考图。</translation>
    </message>
    <message>
        <source>Sides with fewer than three references, and sides that are missed.</source>
        <translation>参考图不足三张的面，以及缺少的面。</translation>
    </message>
    <message>
        <source>What the last check found, and what records tell.</source>
        <translation>上次检查发现的问题，以及记录本身反映的问题。</translation>
    </message>
    <message>
        <source>References that cannot be judged by; only a check tells.</source>
        <translation>无法作为判定依据的参考图；只有检查后才知道。</translation>
    </message>
    <message>
        <source>References whose last valid day has passed.</source>
        <translation>有效期已过的参考图。</translation>
    </message>
    <message>
        <source>References that would be said to differ from their own siblings; as far as the spread has been measured.</source>
        <translation>与同一面其他参考图相比会被判为有差异的参考图；仅限已测量差异范围的面。</translation>
    </message>
</context>
<context>
    <name>HeatMapCanvas</name>
    <message>
        <source>Nothing could be judged here</source>
        <translation>此处无法判断</translation>
    </message>
    <message>
        <source>Nothing beyond what genuine items show</source>
        <translation>没有超出正品之间差异的地方</translation>
    </message>
    <message>
        <source>Beyond what genuine items show</source>
        <translation>超出正品之间的差异</translation>
    </message>
    <message>
        <source>Within what genuine items show</source>
        <translation>在正品之间的差异以内</translation>
    </message>
    <message>
        <source>Cannot judge</source>
        <translation>无法判断</translation>
    </message>
</context>
<context>
    <name>HeatMapView</name>
    <message>
        <source>All channels together</source>
        <translation>所有通道合计</translation>
    </message>
    <message>
        <source>Evidence, over what genuine items show</source>
        <translation>证据：与正品之间的差异相比</translation>
    </message>
    <message>
        <source>Heat map of the evidence</source>
        <translation>证据热图</translation>
    </message>
    <message>
        <source>Channel of the heat map</source>
        <translation>热图的通道</translation>
    </message>
    <message>
        <source>Channel of the heat map ([ and ])</source>
        <translation>热图的通道（[ 和 ]）</translation>
    </message>
</context>
<context>
    <name>HeatPanel</name>
    <message>
        <source>What the colours show</source>
        <translation>颜色表示的内容</translation>
    </message>
    <message>
        <source>Find a product or side</source>
        <translation>查找产品或拍摄面</translation>
    </message>
    <message>
        <source>How each side stands</source>
        <translation>各面的状况</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Write the history</source>
        <translation>导出历史记录</translation>
    </message>
    <message>
        <source>Every act</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>Entries: {shown} of {count}</source>
        <translation>记录：{shown} / {count} 条</translation>
    </message>
    <message>
        <source>Only the newest are listed; `gallery history` has all.</source>
        <translation>仅列出最新的记录；全部记录可用 `gallery history` 查看。</translation>
    </message>
    <message>
        <source>Find a name, a product, a person</source>
        <translation>查找名称、产品或人员</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Write as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
</context>
<context>
    <name>ImportLineModel</name>
    <message>
        <source>Line {line}: {file} → {side}</source>
        <translation>第 {line} 行：{file} → {side}</translation>
    </message>
    <message>
        <source>Line {line}: {why}</source>
        <translation>第 {line} 行：{why}</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Choose a table of pictures</source>
        <translation>选择图片表格</translation>
    </message>
    <message>
        <source>Importing: {done} of {count}</source>
        <translation>正在导入：{done} / {count}</translation>
    </message>
    <message>
        <source>Reading the table…</source>
        <translation>正在读取表格…</translation>
    </message>
    <message>
        <source>The table names no pictures.</source>
        <translation>表格中没有列出图片。</translation>
    </message>
    <message>
        <source>Good lines: {good}. With faults, left out: {bad}.</source>
        <translation>可导入 {good} 行；有问题、将略过 {bad} 行。</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Import the good lines</source>
        <translation>导入可用的行</translation>
    </message>
    <message>
        <source>Import “{name}”</source>
        <translation>导入“{name}”</translation>
    </message>
    <message>
        <source>Lines of the table</source>
        <translation>表格各行</translation>
    </message>
</context>
<context>
    <name>InspectPane</name>
    <message>
        <source>Pasted picture {number}</source>
        <translation>粘贴的图片 {number}</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation>选择照片</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>选择照片文件夹</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>添加照片…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>监视文件夹…</translation>
    </message>
    <message>
        <source>Stop watching the folder</source>
        <translation>停止监视文件夹</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Open the demo gallery</source>
        <translation>打开演示图库</translation>
    </message>
    <message>
        <source>Add genuine items…</source>
        <translation>添加正品…</translation>
    </message>
    <message>
        <source>Inspect again</source>
        <translation>重新检验</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on with the rest</source>
        <translation>继续检验其余照片</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张照片</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张照片</translation>
    </message>
    <message>
        <source>Show the photo as taken</source>
        <translation>显示照片原样</translation>
    </message>
    <message>
        <source>Hatch what could not be judged</source>
        <translation>用斜线标出无法判断之处</translation>
    </message>
    <message>
        <source>Show outlines and numbers</source>
        <translation>显示轮廓与编号</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the whole picture</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Actual pixels (1:1)</source>
        <translation>实际像素（1:1）</translation>
    </message>
    <message>
        <source>As taken</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Start with genuine items</source>
        <translation>先添加正品</translation>
    </message>
    <message>
        <source>Touchstone compares photos of a suspect item with photos of genuine ones, and your gallery has none yet. Add some, three or more of each side, then drop photos of suspect items here. Or open the demo gallery to look around.</source>
        <translation>试金石把可疑物品的照片与正品的照片比较，而您的图库还是空的。请先添加正品照片，每个面三张以上，再把可疑物品的照片拖到这里。也可以打开演示图库先看一看。</translation>
    </message>
    <message>
        <source>Drop photos of a suspect item here</source>
        <translation>把待检物的照片拖到这里</translation>
    </message>
    <message>
        <source>Files, folders, or a picture copied from anywhere. Touchstone finds the genuine product in the gallery, lays the two on each other, and marks what differs.</source>
        <translation>可以是文件、文件夹，或从任何地方复制的图片。试金石会在图库中找到对应的正品，将两者叠合对齐，并标出有差异的地方。</translation>
    </message>
</context>
<context>
    <name>Item</name>
    <message>
        <source>{done} of {count} inspected</source>
        <translation>已检验 {done}/{count}</translation>
    </message>
    <message>
        <source>Not inspected</source>
        <translation>未检验</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} 张照片</translation>
    </message>
    <message>
        <source>Different products: {names}</source>
        <translation>产品不一致：{names}</translation>
    </message>
    <message>
        <source>Cannot be read: {count}</source>
        <translation>无法读取：{count}</translation>
    </message>
    <message>
        <source>Missing: {sides}</source>
        <translation>缺少：{sides}</translation>
    </message>
    <message>
        <source>All sides: {sides}</source>
        <translation>各面齐全：{sides}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>ItemWork</name>
    <message>
        <source>Join into one item</source>
        <translation>合并为一件物品</translation>
    </message>
    <message>
        <source>Take out of the item</source>
        <translation>从物品中移出</translation>
    </message>
    <message>
        <source>Split the item</source>
        <translation>拆分物品</translation>
    </message>
</context>
<context>
    <name>KeyCard</name>
    <message>
        <source>Drawing zones</source>
        <translation>绘制分区</translation>
    </message>
    <message>
        <source>Setting pins</source>
        <translation>设定位点</translation>
    </message>
    <message>
        <source>In the picture</source>
        <translation>在图片上</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Drag, arrows</source>
        <translation>拖动、方向键</translation>
    </message>
    <message>
        <source>Fit the whole picture</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Close what is being drawn</source>
        <translation>闭合正在绘制的图形</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Take the last corner back</source>
        <translation>撤回上一个角点</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>退格键</translation>
    </message>
    <message>
        <source>Put the pencil down</source>
        <translation>放下画笔</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc 键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>LengthBar</name>
    <message>
        <source>The line is this long:</source>
        <translation>这条线的长度：</translation>
    </message>
    <message>
        <source>Draw a line along something whose length you know.</source>
        <translation>沿着已知长度的部位画一条线。</translation>
    </message>
    <message>
        <source>Length of the line in millimetres</source>
        <translation>线的长度（毫米）</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Forget the length</source>
        <translation>清除已知长度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Loupe: photo and reference at the same spot</source>
        <translation>放大镜：照片与参考图的同一处</translation>
    </message>
</context>
<context>
    <name>Measuring</name>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Measure a distance</source>
        <translation>测量距离</translation>
    </message>
    <message>
        <source>Set a known length…</source>
        <translation>设定已知长度…</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>MoveBar</name>
    <message>
        <source>Move {count} to</source>
        <translation>将 {count} 张移到</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>拍摄面</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>OnionSkinView</name>
    <message>
        <source>Photo laid over the reference</source>
        <translation>照片叠在参考图上</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
</context>
<context>
    <name>OutcomeChips</name>
    <message>
        <source>All photos</source>
        <translation>全部照片</translation>
    </message>
    <message>
        <source>Left aside</source>
        <translation>未处理的文件</translation>
    </message>
    <message>
        <source>Side files and other files that are no photos, with the reason</source>
        <translation>附属文件和其他非照片文件，并注明原因</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>显示全部照片</translation>
    </message>
    <message>
        <source>Show only: {outcome}</source>
        <translation>只显示：{outcome}</translation>
    </message>
</context>
<context>
    <name>PhotoListModel</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Gone; was: {outcome}</source>
        <translation>文件已不在；原结果：{outcome}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>读取中…</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>比对中…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>文件已不在</translation>
    </message>
    <message>
        <source>{count} of {all} looked at</source>
        <translation>已看 {count}/{all}</translation>
    </message>
</context>
<context>
    <name>PinEditor</name>
    <message>
        <source>Opening the reference…</source>
        <translation>正在打开参考图…</translation>
    </message>
    <message>
        <source>Now click the same place on the reference.</source>
        <translation>现在请在参考图上点击同一位置。</translation>
    </message>
    <message>
        <source>Now click the same place on the photo.</source>
        <translation>现在请在照片上点击同一位置。</translation>
    </message>
    <message>
        <source>Click a place that both pictures show, such as the corner of a letter: first in one of them, then in the other. Drag a pin to move it; arrows move the chosen one.</source>
        <translation>点击两张图上都有的同一位置，例如某个字的笔画转角：先在一张图上点，再在另一张上点。拖动可移动定位点，方向键微调选中的定位点。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Use these pins</source>
        <translation>使用这些定位点</translation>
    </message>
    <message>
        <source>Remove a pin</source>
        <translation>删除定位点</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Align automatically</source>
        <translation>自动对齐</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Align by hand with {side}</source>
        <translation>与 {side} 手动对齐</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>叠合</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Photo with pins</source>
        <translation>带定位点的照片</translation>
    </message>
    <message>
        <source>Reference with pins</source>
        <translation>带定位点的参考图</translation>
    </message>
    <message>
        <source>Set a pin in the middle</source>
        <translation>在中央设一个定位点</translation>
    </message>
    <message>
        <source>Choose a pin</source>
        <translation>选择定位点</translation>
    </message>
    <message>
        <source>Move the chosen pin</source>
        <translation>移动选中的定位点</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
</context>
<context>
    <name>PinWork</name>
    <message>
        <source>Align by hand…</source>
        <translation>手动对齐…</translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Must be said of a product</source>
        <translation>产品必填项</translation>
    </message>
    <message>
        <source>Must be said of a reference</source>
        <translation>参考图必填项</translation>
    </message>
    <message>
        <source>Sides to photograph: all products</source>
        <translation>须拍摄的面：所有产品</translation>
    </message>
    <message>
        <source>Sides to photograph: {category}</source>
        <translation>须拍摄的面：{category}</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必拍</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>选拍</translation>
    </message>
    <message>
        <source>front, back</source>
        <translation>正面、背面</translation>
    </message>
    <message>
        <source>Ask for this</source>
        <translation>按此要求</translation>
    </message>
</context>
<context>
    <name>PrepareEditor</name>
    <message>
        <source>These corners make no area: put them clockwise around the flat side.</source>
        <translation>这些角点围不成区域：请沿平面四角按顺时针方向放置。</translation>
    </message>
    <message>
        <source>The picture is used as it was taken.</source>
        <translation>按拍摄原样使用此图。</translation>
    </message>
    <message>
        <source>Drag the corners onto those of the flat side; arrow keys move the chosen one. What is kept is only where they are: the file stays as it is.</source>
        <translation>将角点拖到平面的四角，方向键可微调所选角点。只记录角点位置，原文件不变。</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Find corners</source>
        <translation>查找角点</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整张图</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Use it like this</source>
        <translation>就这样使用</translation>
    </message>
    <message>
        <source>Original with corners</source>
        <translation>带角点的原图</translation>
    </message>
    <message>
        <source>The straightened side</source>
        <translation>校正后的面</translation>
    </message>
    <message>
        <source>Straighten or crop: {side}</source>
        <translation>校正或裁剪：{side}</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ProposalListModel</name>
    <message>
        <source>Proposal {number}</source>
        <translation>提议 {number}</translation>
    </message>
    <message>
        <source>waits for a second person</source>
        <translation>等待第二人批准</translation>
    </message>
    <message>
        <source>approved by {person}</source>
        <translation>已由 {person} 批准</translation>
    </message>
    <message>
        <source>declined by {person}</source>
        <translation>已由 {person} 驳回</translation>
    </message>
</context>
<context>
    <name>ProposalsPage</name>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>Changes of this gallery wait here until a second person approves them.</source>
        <translation>对本图库的改动会在此等待第二人批准。</translation>
    </message>
    <message>
        <source>This gallery is changed at once. In the settings you can have a second person approve every change.</source>
        <translation>本图库的改动立即生效。可在设置中改为每次改动都须第二人批准。</translation>
    </message>
    <message>
        <source>Nothing has been proposed yet.</source>
        <translation>还没有提议。</translation>
    </message>
    <message>
        <source>Reason: {text}</source>
        <translation>理由：{text}</translation>
    </message>
    <message>
        <source>You proposed this, “{person}”. Another person has to approve it.</source>
        <translation>这是您（“{person}”）的提议，须由另一人批准。</translation>
    </message>
    <message>
        <source>Look at every picture. To refuse, say why.</source>
        <translation>请逐一查看图片。若要驳回，请说明理由。</translation>
    </message>
    <message>
        <source>Why not (needed to refuse)</source>
        <translation>驳回理由（驳回时必填）</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>提议</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>将改动的内容</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>ReadOutBar</name>
    <message>
        <source>Point at a place to read its colours; click to lock it</source>
        <translation>指向一处即可读取颜色；单击可锁定该点</translation>
    </message>
    <message>
        <source>Locked  x {x}  y {y}</source>
        <translation>已锁定  横 {x}  纵 {y}</translation>
    </message>
    <message>
        <source>x {x}  y {y}</source>
        <translation>横 {x}  纵 {y}</translation>
    </message>
    <message>
        <source>Photo {lab}</source>
        <translation>照片 {lab}</translation>
    </message>
    <message>
        <source>Reference {lab}</source>
        <translation>参考图 {lab}</translation>
    </message>
    <message>
        <source>Colours at the point</source>
        <translation>该点的颜色</translation>
    </message>
</context>
<context>
    <name>ReferenceActs</name>
    <message>
        <source>Make this the first reference of its side</source>
        <translation>设为此面的首选参考图</translation>
    </message>
    <message>
        <source>Let the program choose the first reference</source>
        <translation>由程序选择首选参考图</translation>
    </message>
    <message>
        <source>Move to another side…</source>
        <translation>移到其他面…</translation>
    </message>
    <message>
        <source>Straighten or crop…</source>
        <translation>校正或裁剪…</translation>
    </message>
</context>
<context>
    <name>ReferenceAdding</name>
    <message>
        <source>Pasted picture {number}</source>
        <translation>粘贴的图片 {number}</translation>
    </message>
    <message>
        <source>Choose photos of genuine items</source>
        <translation>选择正品照片</translation>
    </message>
</context>
<context>
    <name>ReferenceForm</name>
    <message>
        <source>Files: {count}</source>
        <translation>文件：{count}</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>尚无文件</translation>
    </message>
    <message>
        <source>Add references</source>
        <translation>添加参考图</translation>
    </message>
    <message>
        <source>Drop photos of genuine items here. Three or more of each side are needed before anything is stated about a suspect.</source>
        <translation>把正品照片拖到这里。每个拍摄面至少要有三张，才能对待检物下结论。</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>拍摄面</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>担保人</translation>
    </message>
    <message>
        <source>Obtained from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Forget these files</source>
        <translation>清除这些文件</translation>
    </message>
    <message>
        <source>Add to the gallery</source>
        <translation>加入图库</translation>
    </message>
</context>
<context>
    <name>ReferenceListModel</name>
    <message>
        <source>Vouched for by: {text}</source>
        <translation>担保人：{text}</translation>
    </message>
    <message>
        <source>Obtained: {text}</source>
        <translation>来源：{text}</translation>
    </message>
    <message>
        <source>Batch: {text}</source>
        <translation>批次：{text}</translation>
    </message>
    <message>
        <source>Obtained on: {text}</source>
        <translation>取得日期：{text}</translation>
    </message>
    <message>
        <source>Camera: {text}</source>
        <translation>相机：{text}</translation>
    </message>
    <message>
        <source>Proof: {text}</source>
        <translation>证明文件：{text}</translation>
    </message>
    <message>
        <source>SHA-256: {text}</source>
        <translation>SHA-256：{text}</translation>
    </message>
    <message>
        <source>First reference of its side</source>
        <translation>此面的首选参考图</translation>
    </message>
    <message>
        <source>Straightened; the file is as it was</source>
        <translation>已校正；原文件未改动</translation>
    </message>
</context>
<context>
    <name>ReferenceSteps</name>
    <message>
        <source>Next genuine reference</source>
        <translation>下一张正品参考图</translation>
    </message>
    <message>
        <source>Previous genuine reference</source>
        <translation>上一张正品参考图</translation>
    </message>
</context>
<context>
    <name>RegionCard</name>
    <message>
        <source>You drew this region; nothing was measured here.</source>
        <translation>此区域由人工绘制，未作测量。</translation>
    </message>
    <message>
        <source>This region was marked in an earlier inspection. It does not stand out any more.</source>
        <translation>此区域在先前的检验中被标记过，现在已不再突出。</translation>
    </message>
    <message>
        <source>The code carries another value than the references.</source>
        <translation>此码的内容与参考图不同。</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Genuine reference</source>
        <translation>正品参考图</translation>
    </message>
    <message>
        <source>Note on this region ({key})</source>
        <translation>此区域的备注（{key}）</translation>
    </message>
    <message>
        <source>Note on this region</source>
        <translation>此区域的备注</translation>
    </message>
    <message>
        <source>How many times the genuine spread was measured</source>
        <translation>实测值是正品差异范围的几倍</translation>
    </message>
</context>
<context>
    <name>RegionListModel</name>
    <message>
        <source>Region {number}, {channel}: {letters}.</source>
        <translation>区域 {number}，{channel}：{letters}。</translation>
    </message>
    <message>
        <source>Region {number}, {channel}: not what the references carry here.</source>
        <translation>区域 {number}，{channel}：与参考品此处所载不同。</translation>
    </message>
    <message>
        <source>Region {number}, {channel}: measured {measured}; genuine items differ by up to {spread} here.</source>
        <translation>区域 {number}，{channel}：实测 {measured}；正品之间在此处的差异至多为 {spread}。</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>手工添加</translation>
    </message>
    <message>
        <source>No longer stands out</source>
        <translation>已不再突出</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>尚未查看</translation>
    </message>
    <message>
        <source>Region {label}: {title}; nothing was measured.</source>
        <translation>区域 {label}：{title}；未作测量。</translation>
    </message>
</context>
<context>
    <name>RegionWork</name>
    <message>
        <source>Next region</source>
        <translation>下一个区域</translation>
    </message>
    <message>
        <source>Previous region</source>
        <translation>上一个区域</translation>
    </message>
    <message>
        <source>Note on the region</source>
        <translation>填写区域备注</translation>
    </message>
    <message>
        <source>Add a region by hand</source>
        <translation>手工添加区域</translation>
    </message>
    <message>
        <source>Remove the added region</source>
        <translation>移除手工添加的区域</translation>
    </message>
    <message>
        <source>Add region</source>
        <translation>添加区域</translation>
    </message>
</context>
<context>
    <name>ScanListModel</name>
    <message>
        <source>{folders}  ·  {begun}  ·  files: {count}</source>
        <translation>{folders}  ·  {begun}  ·  文件：{count}</translation>
    </message>
    <message>
        <source>{folders}  ·  {begun}  ·  files: {count}  ·  not finished</source>
        <translation>{folders}  ·  {begun}  ·  文件：{count}  ·  未完成</translation>
    </message>
</context>
<context>
    <name>ScanPane</name>
    <message>
        <source>Choose a folder of photos to scan</source>
        <translation>选择要扫描的照片文件夹</translation>
    </message>
    <message>
        <source>Touchstone scans photos</source>
        <translation>试金石正在扫描照片</translation>
    </message>
    <message>
        <source>Shown: {count}</source>
        <translation>显示：{count}</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Go on, and look for new photos</source>
        <translation>继续，并查找新照片</translation>
    </message>
    <message>
        <source>Compare everything anew</source>
        <translation>全部重新比对</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Watch for new photos</source>
        <translation>监视新照片</translation>
    </message>
    <message>
        <source>Other folders</source>
        <translation>其他文件夹</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>有差异</translation>
    </message>
    <message>
        <source>Look later</source>
        <translation>稍后再看</translation>
    </message>
    <message>
        <source>No decision</source>
        <translation>撤回判定</translation>
    </message>
    <message>
        <source>Next undecided</source>
        <translation>下一张未判定</translation>
    </message>
    <message>
        <source>Open on the desk</source>
        <translation>在检验台打开</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Photos of the scan</source>
        <translation>扫描到的照片</translation>
    </message>
</context>
<context>
    <name>ScanProgress</name>
    <message>
        <source>Opening the gallery…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stopped; what is done is kept</source>
        <translation>已停止；已完成的部分均已保存</translation>
    </message>
    <message>
        <source>All looked at</source>
        <translation>已全部扫描</translation>
    </message>
    <message>
        <source>Ended before its time; what is done is kept</source>
        <translation>提前结束；已完成的部分均已保存</translation>
    </message>
    <message>
        <source>Getting the gallery ready…</source>
        <translation>正在准备图库…</translation>
    </message>
    <message>
        <source>Watching for new photos</source>
        <translation>正在监视新照片</translation>
    </message>
    <message>
        <source>Not reachable: {folders}</source>
        <translation>无法访问：{folders}</translation>
    </message>
    <message>
        <source>Files: {done}</source>
        <translation>文件：{done}</translation>
    </message>
    <message>
        <source>{done} of {count} files</source>
        <translation>已处理 {done} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>{done} of more than {count} files</source>
        <translation>已处理 {done} 个，共 {count} 个以上</translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation>每秒 {rate} 个</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>约剩 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min left</source>
        <translation>约剩 {hours} 小时 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>SearchPane</name>
    <message>
        <source>The whole photo</source>
        <translation>整张照片</translation>
    </message>
    <message>
        <source>A region of {width} × {height} pixels</source>
        <translation>{width} × {height} 像素的区域</translation>
    </message>
    <message>
        <source>The gallery has no references yet. Add photos of genuine items first.</source>
        <translation>图库中还没有参考图。请先添加正品照片。</translation>
    </message>
    <message>
        <source>Searching the gallery…</source>
        <translation>正在搜索图库…</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>搜索已停止。</translation>
    </message>
    <message>
        <source>The search could not be finished.</source>
        <translation>搜索未能完成。</translation>
    </message>
    <message>
        <source>Draw a box round the label in the photo, or type the name of a product.</source>
        <translation>请在照片上框出标签，或输入产品名称。</translation>
    </message>
    <message>
        <source>Confirmed by geometry: {count} of {all}.</source>
        <translation>几何确认：{all} 个中的 {count} 个。</translation>
    </message>
    <message>
        <source>Nothing is confirmed. Draw a box round the label and search with that, or type the name of the product.</source>
        <translation>没有得到确认的结果。请在标签周围画框再搜索，或输入产品名称。</translation>
    </message>
    <message>
        <source>Nothing is confirmed. Draw the box closer round the label, or type the name of the product.</source>
        <translation>没有得到确认的结果。请把框画得更贴近标签，或输入产品名称。</translation>
    </message>
    <message>
        <source>Search the gallery</source>
        <translation>搜索图库</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>What is searched with</source>
        <translation>用于搜索的图片</translation>
    </message>
    <message>
        <source>Product or side</source>
        <translation>产品或拍摄面</translation>
    </message>
    <message>
        <source>Products and sides, the likeliest first</source>
        <translation>产品与拍摄面，最可能的在前</translation>
    </message>
    <message>
        <source>No product or side has these words.</source>
        <translation>没有包含这些字词的产品或拍摄面。</translation>
    </message>
    <message>
        <source>Compare with this</source>
        <translation>与此比对</translation>
    </message>
    <message>
        <source>Compare with this (Enter)</source>
        <translation>与此比对（Enter）</translation>
    </message>
</context>
<context>
    <name>SearchWork</name>
    <message>
        <source>Search with a region</source>
        <translation>用区域搜索</translation>
    </message>
    <message>
        <source>Search with the whole photo</source>
        <translation>用整张照片搜索</translation>
    </message>
    <message>
        <source>Another product or side…</source>
        <translation>其他产品或拍摄面…</translation>
    </message>
    <message>
        <source>Back to the automatic choice</source>
        <translation>恢复自动选择</translation>
    </message>
    <message>
        <source>Draw a region</source>
        <translation>画出区域</translation>
    </message>
    <message>
        <source>Search the whole photo</source>
        <translation>搜索整张照片</translation>
    </message>
    <message>
        <source>Back to automatic</source>
        <translation>恢复自动</translation>
    </message>
</context>
<context>
    <name>SettingsPane</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Gallery and records are kept here. Start with “--workspace FOLDER” to use another one.</source>
        <translation>图库和记录保存在这里。启动时加上“--workspace 文件夹”可改用其他工作区。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>SideBySideView</name>
    <message>
        <source>Photo, as taken</source>
        <translation>照片原样</translation>
    </message>
    <message>
        <source>Photo, laid on the reference</source>
        <translation>照片（已对齐到参考图）</translation>
    </message>
    <message>
        <source>Genuine reference {which}</source>
        <translation>正品参考图 {which}</translation>
    </message>
    <message>
        <source>Genuine reference: {name}</source>
        <translation>正品参考图：{name}</translation>
    </message>
    <message>
        <source>Genuine reference</source>
        <translation>正品参考图</translation>
    </message>
    <message>
        <source>Picture of the suspect item</source>
        <translation>待检物图片</translation>
    </message>
    <message>
        <source>Picture of the genuine reference</source>
        <translation>正品参考图图片</translation>
    </message>
</context>
<context>
    <name>SideListModel</name>
    <message>
        <source>side {side}</source>
        <translation>{side}面</translation>
    </message>
    <message>
        <source>Missing: {names}</source>
        <translation>缺少：{names}</translation>
    </message>
    <message>
        <source>references: {count}</source>
        <translation>参考图 {count} 张</translation>
    </message>
</context>
<context>
    <name>SightBar</name>
    <message>
        <source>{fault}: probably too much to compare the photo. {fix}</source>
        <translation>{fault}：可能已严重到无法比对。{fix}</translation>
    </message>
    <message>
        <source>{fault}: take it again if it lies over a mark. {fix}</source>
        <translation>{fault}：若正好盖住标志，请重拍。{fix}</translation>
    </message>
</context>
<context>
    <name>SpreadPlot</name>
    <message>
        <source>Photo: {measured}. Genuine spread here: {spread}.</source>
        <translation>照片：{measured}。正品在此处的差异范围：{spread}。</translation>
    </message>
    <message>
        <source>Genuine items one by one: {values}.</source>
        <translation>各件正品：{values}。</translation>
    </message>
    <message>
        <source>photo {value}</source>
        <translation>照片 {value}</translation>
    </message>
    <message>
        <source>genuine: {count} items, spread {spread}</source>
        <translation>正品：{count} 件，差异范围 {spread}</translation>
    </message>
    <message>
        <source>genuine: spread {spread}</source>
        <translation>正品：差异范围 {spread}</translation>
    </message>
</context>
<context>
    <name>StateNotice</name>
    <message>
        <source>The file is no longer at {path}. Put it back and press R, or press Delete to take it off the list.</source>
        <translation>文件已不在 {path}。请放回原处后按 R，或按 Delete 从列表中移除。</translation>
    </message>
    <message>
        <source>Press R to inspect this photo again and see its pictures.</source>
        <translation>按 R 重新检查这张照片并查看图片。</translation>
    </message>
    <message>
        <source>{state}. {hint}</source>
        <translation>{state}。{hint}</translation>
    </message>
    <message>
        <source>This photo was not inspected. Press R to inspect it now, or Shift+R to go on with all that were stopped.</source>
        <translation>这张照片尚未检验。按 R 键立即检验，或按 Shift+R 键继续检验所有已停止的照片。</translation>
    </message>
</context>
<context>
    <name>SwipeView</name>
    <message>
        <source>Photo on the left, reference on the right</source>
        <translation>左边是照片，右边是参考图</translation>
    </message>
    <message>
        <source>Photo above, reference below</source>
        <translation>上面是照片，下面是参考图</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Swipe between photo and reference</source>
        <translation>在照片与参考图之间滑动</translation>
    </message>
    <message>
        <source>Handle</source>
        <translation>分界线</translation>
    </message>
</context>
<context>
    <name>TeamCard</name>
    <message>
        <source>Choose the folder for the team&apos;s pictures</source>
        <translation>选择存放全组图片的文件夹</translation>
    </message>
    <message>
        <source>You are “{person}”, as this computer knows you.</source>
        <translation>您是“{person}”（本机登录名）。</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在连接服务器…</translation>
    </message>
    <message>
        <source>Opening the gallery…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>The gallery is kept in this workspace.</source>
        <translation>图库保存在本工作区。</translation>
    </message>
    <message>
        <source>Shared: {address}</source>
        <translation>已共享：{address}</translation>
    </message>
    <message>
        <source>Shared, but away: {address}. A copy of {date} is read, and cannot change.</source>
        <translation>已共享，但目前无法连接：{address}。正在读取 {date} 的只读副本，不能改动。</translation>
    </message>
    <message>
        <source>Shared gallery</source>
        <translation>共享图库</translation>
    </message>
    <message>
        <source>A team keeps one gallery in a PostgreSQL database, and its pictures in a folder that everybody sees. Leave the password empty where ~/.pgpass has it.</source>
        <translation>全组共用一个图库：记录存放在 PostgreSQL 数据库中，图片存放在全组可见的文件夹中。若密码已写在 ~/.pgpass 中，此处不必填写。</translation>
    </message>
    <message>
        <source>Address of the database</source>
        <translation>数据库地址</translation>
    </message>
    <message>
        <source>Password (may stay empty)</source>
        <translation>密码（可不填）</translation>
    </message>
    <message>
        <source>Folder of the pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Who else agrees that one person is enough?</source>
        <translation>还有谁同意改为一人即可？</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Use this gallery</source>
        <translation>使用此图库</translation>
    </message>
    <message>
        <source>Use this workspace&apos;s own gallery</source>
        <translation>改用本工作区自己的图库</translation>
    </message>
    <message>
        <source>Four eyes</source>
        <translation>双人复核</translation>
    </message>
    <message>
        <source>What one person changes in the gallery then waits as a proposal (Gallery, “Versions and history”) until another person approves it. It keeps mistakes out, not fraud: nobody proves who they are.</source>
        <translation>开启后，一人对图库的改动会成为提议（见“图库”的“版本与历史”），须另一人批准才生效。它能防止差错，但不能防止作弊：身份未经验证。</translation>
    </message>
    <message>
        <source>Changes of the gallery need a second person</source>
        <translation>图库改动须第二人批准</translation>
    </message>
    <message>
        <source>One person is enough</source>
        <translation>改为一人即可</translation>
    </message>
</context>
<context>
    <name>ThresholdPlot</name>
    <message>
        <source>Blue: genuine. Orange, hatched: known to differ; each kind is as tall as its tallest bar. Dashed: the promised rate. Drag the line, or move it with the arrow keys.</source>
        <translation>蓝色：正品。橙色斜线：已知有差异；两类各按自己最高的柱显示高度。虚线：承诺的误报率。拖动竖线，或用方向键移动。</translation>
    </message>
</context>
<context>
    <name>ThresholdsPage</name>
    <message>
        <source>Whole gallery</source>
        <translation>整个图库</translation>
    </message>
    <message>
        <source>of this side</source>
        <translation>这一面</translation>
    </message>
    <message>
        <source>genuine</source>
        <translation>正品</translation>
    </message>
    <message>
        <source>known to differ</source>
        <translation>已知有差异</translation>
    </message>
    <message>
        <source>Gathering comparisons…</source>
        <translation>正在汇集比较结果…</translation>
    </message>
    <message>
        <source>{value} ({basis}); the promised rate needs {promised}</source>
        <translation>{value}（{basis}）；承诺的误报率对应 {promised}</translation>
    </message>
    <message>
        <source>at most {share} %</source>
        <translation>不超过 {share} %</translation>
    </message>
    <message>
        <source>Values are margins above what the references of each side lead to expect.</source>
        <translation>数值为高出各面参考图预期水平的余量。</translation>
    </message>
    <message>
        <source>In use:</source>
        <translation>当前采用：</translation>
    </message>
    <message>
        <source>False alarms among genuine comparisons:</source>
        <translation>正品之间比较的误报：</translation>
    </message>
    <message>
        <source>False alarms among this side&apos;s own references:</source>
        <translation>这一面自身参考图的误报：</translation>
    </message>
    <message>
        <source>Misses among photos decided to differ:</source>
        <translation>已判定有差异照片的漏报：</translation>
    </message>
    <message>
        <source>Chance that the next genuine photo is alarmed:</source>
        <translation>下一张正品照片被误报的可能性：</translation>
    </message>
    <message>
        <source>By this threshold alone: letters, codes and must-match zones speak up apart. Each photo counts as it was measured when it was last judged.</source>
        <translation>仅按此阈值计算：文字、条码和必须一致的区域另行判定。每张照片取其最近一次判定时的测量值。</translation>
    </message>
    <message>
        <source>Threshold:</source>
        <translation>阈值：</translation>
    </message>
    <message>
        <source>Use this threshold</source>
        <translation>采用此阈值</translation>
    </message>
    <message>
        <source>Back to the promised rate</source>
        <translation>恢复承诺的误报率</translation>
    </message>
    <message>
        <source>Copy the values</source>
        <translation>复制数值</translation>
    </message>
    <message>
        <source>Raw values</source>
        <translation>原始数值</translation>
    </message>
    <message>
        <source>Whose threshold</source>
        <translation>阈值所属</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Genuine and false evidence</source>
        <translation>正品与非正品的差异分布</translation>
    </message>
</context>
<context>
    <name>TraitEditor</name>
    <message>
        <source>Choose a picture of a genuine item</source>
        <translation>选择正品图片</translation>
    </message>
    <message>
        <source>Choose a picture of a false item</source>
        <translation>选择非正品图片</translation>
    </message>
    <message>
        <source>Write what genuine items show there, then press Enter.</source>
        <translation>写下正品在此处的特征，然后按回车键。</translation>
    </message>
    <message>
        <source>Change the sentence and press Enter, or add pictures.</source>
        <translation>修改说明后按回车键，或添加图片。</translation>
    </message>
    <message>
        <source>Draw an area by which genuine items are told from others. Whoever inspects this side sees the sentence and the pictures beside the photo.</source>
        <translation>画出可区分正品的区域。检验此面的人会在照片旁看到说明和图片。</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Draw an area</source>
        <translation>画出区域</translation>
    </message>
    <message>
        <source>Genuine picture…</source>
        <translation>正品图片…</translation>
    </message>
    <message>
        <source>Known false picture…</source>
        <translation>已知非正品图片…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>What to see there, such as: the R closes here</source>
        <translation>此处的特征，例如：R 在这里闭合</translation>
    </message>
    <message>
        <source>What to see there</source>
        <translation>此处的特征</translation>
    </message>
    <message>
        <source>Reference with distinguishing features</source>
        <translation>带鉴别要点的参考图</translation>
    </message>
    <message>
        <source>What to look at: {side}</source>
        <translation>鉴别要点：{side}</translation>
    </message>
</context>
<context>
    <name>TraitList</name>
    <message>
        <source>What to look at: {count}</source>
        <translation>鉴别要点：{count}</translation>
    </message>
    <message>
        <source>Genuine on the left, known false on the right. Click to see the place.</source>
        <translation>左为正品，右为已知非正品。单击可查看所在位置。</translation>
    </message>
    <message>
        <source>Genuine. Click to see the place.</source>
        <translation>正品。单击可查看所在位置。</translation>
    </message>
</context>
<context>
    <name>TravelPage</name>
    <message>
        <source>Write the gallery</source>
        <translation>导出图库</translation>
    </message>
    <message>
        <source>Choose a gallery file</source>
        <translation>选择图库文件</translation>
    </message>
    <message>
        <source>Written. Tell the receiver this seal by another way:
{seal}</source>
        <translation>已导出。请通过其他途径把封印告知接收方：
{seal}</translation>
    </message>
    <message>
        <source>Reading the file through, every byte of it…</source>
        <translation>正在逐字节读取并校验文件…</translation>
    </message>
    <message>
        <source>What a chosen file would bring is shown here before it is loaded.</source>
        <translation>选择文件后，载入之前会先在此显示其内容。</translation>
    </message>
    <message>
        <source>References in the file: {count}. Its seal: {seal}</source>
        <translation>文件中的参考图：{count} 张。封印：{seal}</translation>
    </message>
    <message>
        <source>Everything in the file is in this gallery already.</source>
        <translation>文件中的内容在本图库中均已存在。</translation>
    </message>
    <message>
        <source>Nothing comes in besides what you decide above.</source>
        <translation>除上方由您决定的内容外，没有其他新增。</translation>
    </message>
    <message>
        <source>What comes in: {changes}</source>
        <translation>将载入：{changes}</translation>
    </message>
    <message>
        <source>Write the gallery into one file</source>
        <translation>将图库导出为单个文件</translation>
    </message>
    <message>
        <source>Pictures, zones and records of all references, each under a hash.</source>
        <translation>包含所有参考图的图片、分区和记录，均有哈希校验。</translation>
    </message>
    <message>
        <source>Choose where to write…</source>
        <translation>选择导出位置…</translation>
    </message>
    <message>
        <source>Copy the seal</source>
        <translation>复制封印</translation>
    </message>
    <message>
        <source>Load a gallery file</source>
        <translation>载入图库文件</translation>
    </message>
    <message>
        <source>Loading is all or nothing. A file that was damaged or changed is refused. With the seal that the sender told you, nobody can have put in another file.</source>
        <translation>要么全部载入，要么完全不载入。损坏或被改动的文件会被拒绝。核对发送方告知的封印，可确保文件未被调换。</translation>
    </message>
    <message>
        <source>Seal (may stay empty)</source>
        <translation>封印（可不填）</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>载入</translation>
    </message>
    <message>
        <source>Do not load</source>
        <translation>不载入</translation>
    </message>
    <message>
        <source>What comes in</source>
        <translation>将载入的内容</translation>
    </message>
</context>
<context>
    <name>TriageFilters</name>
    <message>
        <source>Decided or not</source>
        <translation>无论是否判定</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>已判定</translation>
    </message>
    <message>
        <source>Look later</source>
        <translation>稍后再看</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>Reused photo</source>
        <translation>重复使用的照片</translation>
    </message>
    <message>
        <source>Item or folder</source>
        <translation>物品或文件夹</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>All products</source>
        <translation>所有产品</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
    <message>
        <source>With and without faults</source>
        <translation>无论有无缺陷</translation>
    </message>
    <message>
        <source>Part of a path</source>
        <translation>路径中的文字</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Show by decision</source>
        <translation>按判定筛选</translation>
    </message>
    <message>
        <source>Show by product</source>
        <translation>按产品筛选</translation>
    </message>
    <message>
        <source>Show by folder</source>
        <translation>按文件夹筛选</translation>
    </message>
    <message>
        <source>Show by fault of the photo</source>
        <translation>按照片缺陷筛选</translation>
    </message>
    <message>
        <source>Show by path</source>
        <translation>按路径筛选</translation>
    </message>
</context>
<context>
    <name>TriageModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>拍摄面</translation>
    </message>
    <message>
        <source>Suspicion</source>
        <translation>可疑程度</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>比对结果</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>人工判定</translation>
    </message>
    <message>
        <source>{folder}  ·  same photo, saved again: {name}</source>
        <translation>{folder}  ·  同一照片重新保存：{name}</translation>
    </message>
    <message>
        <source>The same photo, saved again, as {file}</source>
        <translation>与此照片相同，但重新保存过：{file}</translation>
    </message>
    <message>
        <source>{folder}  ·  same photo as {name}</source>
        <translation>{folder}  ·  与 {name} 相同</translation>
    </message>
    <message>
        <source>Same photo as {file}</source>
        <translation>与此照片相同：{file}</translation>
    </message>
    <message>
        <source>The same photo, {count} times, in folders: {folders}</source>
        <translation>同一张照片出现 {count} 次，涉及文件夹：{folders} 个</translation>
    </message>
    <message>
        <source>No product found</source>
        <translation>未找到产品</translation>
    </message>
    <message>
        <source>One item</source>
        <translation>同一件物品</translation>
    </message>
    <message>
        <source>{title}  ·  photos: {count}, to decide: {waiting}</source>
        <translation>{title}  ·  照片：{count}，待判定：{waiting}</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Next: {step}</source>
        <translation>下一步：{step}</translation>
    </message>
    <message>
        <source>Agreement: &lt;b&gt;{value}&lt;/b&gt; (1 is the same)</source>
        <translation>一致度：&lt;b&gt;{value}&lt;/b&gt;（1 为完全相同）</translation>
    </message>
    <message>
        <source>Genuine items among themselves: {count} of {pairs} agree no better.</source>
        <translation>正品之间的 {pairs} 次比较中，有 {count} 次的一致程度不高于此。</translation>
    </message>
</context>
<context>
    <name>VersionListModel</name>
    <message>
        <source>The gallery now</source>
        <translation>当前图库</translation>
    </message>
    <message>
        <source>Kept for inspections</source>
        <translation>因检验而保留</translation>
    </message>
    <message>
        <source>references: {count}</source>
        <translation>参考图：{count} 张</translation>
    </message>
</context>
<context>
    <name>VersionsPage</name>
    <message>
        <source>before “{name}”</source>
        <translation>“{name}”之前</translation>
    </message>
    <message>
        <source>Restoring “{name}” changes the gallery: {changes}. How the gallery is now is kept as a snapshot, so that you can go back.</source>
        <translation>恢复“{name}”会改动图库：{changes}。图库当前的状态会另存为快照，可随时恢复回来。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Leave the gallery as it is</source>
        <translation>保持图库不变</translation>
    </message>
    <message>
        <source>Inspections made with it: {count}</source>
        <translation>使用此版本的检验：{count} 次</translation>
    </message>
    <message>
        <source>There is no other version to compare with. Keep one under a name.</source>
        <translation>没有其他版本可供比较。请先命名保存一个版本。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>From “{older}” to “{newer}” nothing has changed.</source>
        <translation>从“{older}”到“{newer}”没有变动。</translation>
    </message>
    <message>
        <source>From “{older}” to “{newer}”: {changes}</source>
        <translation>从“{older}”到“{newer}”：{changes}</translation>
    </message>
    <message>
        <source>Keep the gallery of now</source>
        <translation>保存当前图库</translation>
    </message>
    <message>
        <source>A version holds references, zones and known lengths, and never changes.</source>
        <translation>一个版本包含参考图、分区和已知长度，保存后不再改变。</translation>
    </message>
    <message>
        <source>Name, as in “spring 2026”</source>
        <translation>名称，例如“2026 春季”</translation>
    </message>
    <message>
        <source>Name of the version</source>
        <translation>版本名称</translation>
    </message>
    <message>
        <source>What it is for (may stay empty)</source>
        <translation>用途（可不填）</translation>
    </message>
    <message>
        <source>Keep this version</source>
        <translation>保存此版本</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Restore this version…</source>
        <translation>恢复此版本…</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>检验</translation>
    </message>
</context>
<context>
    <name>ViewTools</name>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Next channel</source>
        <translation>下一个通道</translation>
    </message>
    <message>
        <source>Previous channel</source>
        <translation>上一个通道</translation>
    </message>
    <message>
        <source>Adjust the view: less</source>
        <translation>调整视图：减小</translation>
    </message>
    <message>
        <source>Adjust the view: more</source>
        <translation>调整视图：增大</translation>
    </message>
    <message>
        <source>Swipe from top to bottom</source>
        <translation>上下滑动</translation>
    </message>
    <message>
        <source>Loupe at the cursor</source>
        <translation>光标处的放大镜</translation>
    </message>
    <message>
        <source>Lock the point that is read out</source>
        <translation>锁定读数点</translation>
    </message>
    <message>
        <source>Channel of both pictures</source>
        <translation>两张图的通道</translation>
    </message>
    <message>
        <source>Channel of both pictures (C, Shift+C)</source>
        <translation>两张图的通道（C，Shift+C）</translation>
    </message>
</context>
<context>
    <name>WatchLine</name>
    <message>
        <source>Watched: {folder}</source>
        <translation>监视中：{folder}</translation>
    </message>
    <message>
        <source>Not reachable: {folder}</source>
        <translation>无法访问：{folder}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Preparing the demo gallery…</source>
        <translation>正在准备演示图库…</translation>
    </message>
    <message>
        <source>Loading the gallery…</source>
        <translation>正在载入图库…</translation>
    </message>
    <message>
        <source>Opening the workspace…</source>
        <translation>正在打开工作区…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在载入模型…</translation>
    </message>
    <message>
        <source>References in the gallery: {count}</source>
        <translation>图库中的参考图：{count} 张</translation>
    </message>
    <message>
        <source>Touchstone</source>
        <translation>试金石</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Back to the scan</source>
        <translation>返回扫描</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Scan</source>
        <translation>扫描(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>前往(&amp;G)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>区域(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>ZoneCanvas</name>
    <message>
        <source>{kind}?</source>
        <translation>{kind}？</translation>
    </message>
    <message>
        <source>{kind}: {label}</source>
        <translation>{kind}：{label}</translation>
    </message>
</context>
<context>
    <name>ZoneEditor</name>
    <message>
        <source>Zones: {count}, proposed: {proposed}</source>
        <translation>分区：{count} 个，建议：{proposed} 个</translation>
    </message>
    <message>
        <source>Laying the references on each other…</source>
        <translation>正在对齐参考图…</translation>
    </message>
    <message>
        <source>Drag a rectangle, or click corner after corner and double-click the last one.</source>
        <translation>拖出一个矩形；或逐个点击各角，并双击最后一个角。</translation>
    </message>
    <message>
        <source>Looking for places that differ from item to item…</source>
        <translation>正在查找因物品而异的位置…</translation>
    </message>
    <message>
        <source>The references differ from item to item in the dotted zones. Accept them, or choose one and remove it.</source>
        <translation>在点线框内，各件正品互不相同。可采纳这些建议，或选中其中一个并移除。</translation>
    </message>
    <message>
        <source>Nothing is claimed in a variable zone; a must-match zone is judged more strictly, and a photo that does not show it never agrees.</source>
        <translation>可变区内不作任何判断；必须一致区判断更严格，看不到该区的照片不会判为一致。</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Must match</source>
        <translation>必须一致</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>可变</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Accept proposals</source>
        <translation>采纳建议</translation>
    </message>
    <message>
        <source>Name of the chosen zone</source>
        <translation>所选分区的名称</translation>
    </message>
    <message>
        <source>Reference with zones</source>
        <translation>带分区的参考图</translation>
    </message>
    <message>
        <source>Zones of {product} · {side}</source>
        <translation>{product} · {side} 的分区</translation>
    </message>
</context>
<context>
    <name>acts</name>
    <message>
        <source>mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>added region</source>
        <translation>添加区域</translation>
    </message>
    <message>
        <source>removed region</source>
        <translation>移除区域</translation>
    </message>
    <message>
        <source>photo taken off the list</source>
        <translation>从列表移除照片</translation>
    </message>
    <message>
        <source>photos joined into one item</source>
        <translation>照片合并为一件物品</translation>
    </message>
    <message>
        <source>photos taken out of an item</source>
        <translation>照片从物品中移出</translation>
    </message>
    <message>
        <source>known length</source>
        <translation>已知长度</translation>
    </message>
    <message>
        <source>product and side chosen by hand</source>
        <translation>手动选择产品与拍摄面</translation>
    </message>
    <message>
        <source>alignment by hand</source>
        <translation>手动对齐</translation>
    </message>
    <message>
        <source>back to the automatic choice</source>
        <translation>恢复自动选择</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>判定</translation>
    </message>
</context>
<context>
    <name>annotate</name>
    <message>
        <source>Codes</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Next: {step}</source>
        <translation>下一步：{step}</translation>
    </message>
    <message>
        <source>Photo: {name}</source>
        <translation>照片：{name}</translation>
    </message>
    <message>
        <source>Reference: {side}</source>
        <translation>参考图：{side}</translation>
    </message>
    <message>
        <source>Nearest in the gallery</source>
        <translation>图库中最接近的</translation>
    </message>
    <message>
        <source>{place}. {side}: similarity {similarity}, matching points {points}</source>
        <translation>{place}. {side}：相似度 {similarity}，匹配点 {points} 个</translation>
    </message>
    <message>
        <source>compared within this outline</source>
        <translation>仅比对此轮廓以内</translation>
    </message>
    <message>
        <source>could not be judged</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>differs more than genuine items do</source>
        <translation>差异超出正品之间的范围</translation>
    </message>
    <message>
        <source>agrees least, within the genuine spread</source>
        <translation>最不一致之处，仍在正品差别之内</translation>
    </message>
    <message>
        <source>Degree of agreement: {value}</source>
        <translation>一致度：{value}</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Kind of difference</source>
        <translation>差异类别</translation>
    </message>
    <message>
        <source>Measured here</source>
        <translation>此处实测</translation>
    </message>
    <message>
        <source>Among genuine items</source>
        <translation>正品之间</translation>
    </message>
    <message>
        <source>Times as much</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Further regions, not listed: {count}</source>
        <translation>未列出的其他区域：{count} 个</translation>
    </message>
    <message>
        <source>The program measures agreement; a person decides what it means.</source>
        <translation>程序只测量一致程度；结论由人来定。</translation>
    </message>
    <message>
        <source>What the examiner says</source>
        <translation>检验员的意见</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>手工添加</translation>
    </message>
</context>
<context>
    <name>aside</name>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>an EPS or PostScript file</source>
        <translation>EPS 或 PostScript 文件</translation>
    </message>
    <message>
        <source>an EPS file</source>
        <translation>EPS 文件</translation>
    </message>
    <message>
        <source>a Photoshop file (PSD)</source>
        <translation>Photoshop 文件（PSD）</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 图片</translation>
    </message>
    <message>
        <source>a Radiance HDR picture</source>
        <translation>Radiance HDR 图片</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>OpenEXR 图片</translation>
    </message>
    <message>
        <source>a camera raw file</source>
        <translation>相机 RAW 文件</translation>
    </message>
    <message>
        <source>a DDS texture</source>
        <translation>DDS 纹理</translation>
    </message>
    <message>
        <source>a GIMP file</source>
        <translation>GIMP 文件</translation>
    </message>
    <message>
        <source>a Windows cursor</source>
        <translation>Windows 光标</translation>
    </message>
    <message>
        <source>a macOS icon</source>
        <translation>macOS 图标</translation>
    </message>
    <message>
        <source>a Windows metafile</source>
        <translation>Windows 图元文件</translation>
    </message>
    <message>
        <source>an XPM picture</source>
        <translation>XPM 图片</translation>
    </message>
    <message>
        <source>a Sun raster picture</source>
        <translation>Sun 光栅图片</translation>
    </message>
    <message>
        <source>an SGI picture</source>
        <translation>SGI 图片</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>gzip 压缩包</translation>
    </message>
    <message>
        <source>a ZIP archive or an Office document</source>
        <translation>ZIP 压缩包或 Office 文档</translation>
    </message>
    <message>
        <source>an empty ZIP archive</source>
        <translation>空的 ZIP 压缩包</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>RAR 压缩包</translation>
    </message>
    <message>
        <source>a 7-Zip archive</source>
        <translation>7-Zip 压缩包</translation>
    </message>
    <message>
        <source>a Windows program</source>
        <translation>Windows 程序</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>a script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>SVG 矢量图</translation>
    </message>
    <message>
        <source>a web page, not a picture</source>
        <translation>网页，不是图片</translation>
    </message>
    <message>
        <source>text, not a picture</source>
        <translation>文本，不是图片</translation>
    </message>
    <message>
        <source>a file of zeros: its copy failed</source>
        <translation>内容全为零的文件：复制失败</translation>
    </message>
    <message>
        <source>of no picture format that is known here</source>
        <translation>不是本程序认识的图片格式</translation>
    </message>
    <message>
        <source>an empty file</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>a pipe, socket or device</source>
        <translation>管道、套接字或设备</translation>
    </message>
    <message>
        <source>a side file that macOS writes beside a picture</source>
        <translation>macOS 随图片生成的附属文件</translation>
    </message>
    <message>
        <source>a folder note of macOS</source>
        <translation>macOS 的文件夹记录</translation>
    </message>
    <message>
        <source>a thumbnail store of Windows</source>
        <translation>Windows 缩略图库</translation>
    </message>
    <message>
        <source>a folder note of Windows</source>
        <translation>Windows 的文件夹记录</translation>
    </message>
    <message>
        <source>a Git LFS pointer, not the picture itself</source>
        <translation>Git LFS 指针，不是图片本身</translation>
    </message>
    <message>
        <source>a side file</source>
        <translation>附属文件</translation>
    </message>
    <message>
        <source>a folder of side files</source>
        <translation>附属文件的文件夹</translation>
    </message>
    <message>
        <source>this folder is scanned already</source>
        <translation>此文件夹已扫描过</translation>
    </message>
</context>
<context>
    <name>audit</name>
    <message>
        <source>reference added</source>
        <translation>添加参考图</translation>
    </message>
    <message>
        <source>reference removed</source>
        <translation>移除参考图</translation>
    </message>
    <message>
        <source>reference changed</source>
        <translation>更改参考图</translation>
    </message>
    <message>
        <source>reference moved</source>
        <translation>移动参考图</translation>
    </message>
    <message>
        <source>facts of a product</source>
        <translation>产品信息</translation>
    </message>
    <message>
        <source>distinguishing features</source>
        <translation>鉴别要点</translation>
    </message>
    <message>
        <source>requirements set</source>
        <translation>设定要求</translation>
    </message>
    <message>
        <source>outline drawn</source>
        <translation>绘制轮廓</translation>
    </message>
    <message>
        <source>zones drawn</source>
        <translation>绘制分区</translation>
    </message>
    <message>
        <source>known length</source>
        <translation>已知长度</translation>
    </message>
    <message>
        <source>threshold set</source>
        <translation>设定阈值</translation>
    </message>
    <message>
        <source>opinion on a region</source>
        <translation>对区域的意见</translation>
    </message>
    <message>
        <source>decision on a photo</source>
        <translation>对照片的判定</translation>
    </message>
    <message>
        <source>photos of an item</source>
        <translation>物品的照片</translation>
    </message>
    <message>
        <source>snapshot taken</source>
        <translation>建立快照</translation>
    </message>
    <message>
        <source>snapshot restored</source>
        <translation>恢复快照</translation>
    </message>
    <message>
        <source>gallery exported</source>
        <translation>导出图库</translation>
    </message>
    <message>
        <source>gallery file loaded</source>
        <translation>载入图库文件</translation>
    </message>
    <message>
        <source>rule set</source>
        <translation>设定规则</translation>
    </message>
    <message>
        <source>changes proposed</source>
        <translation>提出更改</translation>
    </message>
    <message>
        <source>proposal approved</source>
        <translation>批准更改</translation>
    </message>
    <message>
        <source>proposal declined</source>
        <translation>驳回更改</translation>
    </message>
</context>
<context>
    <name>changes</name>
    <message>
        <source>{side}: the reference {picture} is new.</source>
        <translation>{side}：新增参考图 {picture}。</translation>
    </message>
    <message>
        <source>{side}: the reference {picture} is gone.</source>
        <translation>{side}：参考图 {picture} 已移除。</translation>
    </message>
    <message>
        <source>{side}: the reference {picture} has changed in: {fields}.</source>
        <translation>{side}：参考图 {picture} 的以下内容有变动：{fields}。</translation>
    </message>
    <message>
        <source>{side}: zones are new ({count}).</source>
        <translation>{side}：新增区域（{count} 个）。</translation>
    </message>
    <message>
        <source>{side}: its zones are gone ({count}).</source>
        <translation>{side}：区域已移除（{count} 个）。</translation>
    </message>
    <message>
        <source>{side}: its zones have changed.</source>
        <translation>{side}：区域有变动。</translation>
    </message>
    <message>
        <source>The known length on {picture} is new.</source>
        <translation>{picture} 上新增已知长度。</translation>
    </message>
    <message>
        <source>The known length on {picture} is gone.</source>
        <translation>{picture} 上的已知长度已移除。</translation>
    </message>
    <message>
        <source>The known length on {picture} has changed.</source>
        <translation>{picture} 上的已知长度有变动。</translation>
    </message>
    <message>
        <source>{side}: facts of the product are new.</source>
        <translation>{side}：新增产品信息。</translation>
    </message>
    <message>
        <source>{side}: the facts of the product are gone.</source>
        <translation>{side}：产品信息已移除。</translation>
    </message>
    <message>
        <source>{side}: the product has changed in: {fields}.</source>
        <translation>{side}：产品信息有变：{fields}。</translation>
    </message>
    <message>
        <source>{side}: distinguishing features are new ({count}).</source>
        <translation>{side}：新增鉴别要点（{count}）。</translation>
    </message>
    <message>
        <source>{side}: its distinguishing features are gone ({count}).</source>
        <translation>{side}：鉴别要点已移除（{count}）。</translation>
    </message>
    <message>
        <source>{side}: its distinguishing features have changed.</source>
        <translation>{side}：鉴别要点有变。</translation>
    </message>
    <message>
        <source>{side}: a threshold was set, {value}.</source>
        <translation>{side}：设定了阈值 {value}。</translation>
    </message>
    <message>
        <source>{side}: the threshold {value} was taken back.</source>
        <translation>{side}：取消了阈值 {value}。</translation>
    </message>
    <message>
        <source>{side}: the threshold is {value}, before it was {before}.</source>
        <translation>{side}：阈值改为 {value}，原为 {before}。</translation>
    </message>
    <message>
        <source>What the gallery asks for has changed: {turns}.</source>
        <translation>图库的要求已更改：{turns}。</translation>
    </message>
    <message>
        <source>What the gallery asks for is not the same here and there: {fields}.</source>
        <translation>本图库与文件对资料的要求不一致：{fields}。</translation>
    </message>
    <message>
        <source>what the gallery asks for: {turns}</source>
        <translation>图库的要求：{turns}</translation>
    </message>
    <message>
        <source>New: {what}</source>
        <translation>新增：{what}</translation>
    </message>
    <message>
        <source>Gone: {what}</source>
        <translation>移除：{what}</translation>
    </message>
    <message>
        <source>Changed: {what}</source>
        <translation>变更：{what}</translation>
    </message>
    <message>
        <source>new: {count}</source>
        <translation>新增 {count}</translation>
    </message>
    <message>
        <source>gone: {count}</source>
        <translation>移除 {count}</translation>
    </message>
    <message>
        <source>changed: {count}</source>
        <translation>变更 {count}</translation>
    </message>
    <message>
        <source>{side}, reference {picture}: {field} is “{mine}” here and “{theirs}” there.</source>
        <translation>{side}，参考图 {picture}：{field}在本图库为“{mine}”，在文件中为“{theirs}”。</translation>
    </message>
    <message>
        <source>The picture {picture} stands under {mine} here and under {theirs} there.</source>
        <translation>图片 {picture} 在本图库属于{mine}，在文件中属于{theirs}。</translation>
    </message>
    <message>
        <source>{side}: the zones are not the same here and there.</source>
        <translation>{side}：本图库与文件中的区域不同。</translation>
    </message>
    <message>
        <source>{side}: {field} is “{mine}” here and “{theirs}” there.</source>
        <translation>{side}：{field}在此为“{mine}”，在彼为“{theirs}”。</translation>
    </message>
    <message>
        <source>{side}: the distinguishing features are not the same here and there.</source>
        <translation>{side}：两处的鉴别要点不同。</translation>
    </message>
    <message>
        <source>{side}: the threshold is {mine} here and {theirs} there.</source>
        <translation>{side}：本图库的阈值为 {mine}，对方为 {theirs}。</translation>
    </message>
    <message>
        <source>The known length on {picture} is {mine} mm here and {theirs} mm there.</source>
        <translation>{picture} 上的已知长度在本图库为 {mine} 毫米，在文件中为 {theirs} 毫米。</translation>
    </message>
    <message>
        <source>who vouches</source>
        <translation>担保人</translation>
    </message>
    <message>
        <source>how it was obtained</source>
        <translation>来源方式</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>first valid day</source>
        <translation>有效期起始日</translation>
    </message>
    <message>
        <source>last valid day</source>
        <translation>有效期截止日</translation>
    </message>
    <message>
        <source>day it was obtained</source>
        <translation>取得日期</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>proof</source>
        <translation>证明文件</translation>
    </message>
    <message>
        <source>name of the proof</source>
        <translation>证明文件名</translation>
    </message>
    <message>
        <source>first reference of the side</source>
        <translation>此面的首选参考图</translation>
    </message>
    <message>
        <source>straightening</source>
        <translation>校正</translation>
    </message>
    <message>
        <source>brand</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>packaging version</source>
        <translation>包装版本</translation>
    </message>
    <message>
        <source>market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>must be said of a product</source>
        <translation>产品须注明</translation>
    </message>
    <message>
        <source>must be said of a reference</source>
        <translation>参考图须注明</translation>
    </message>
    <message>
        <source>sides to photograph</source>
        <translation>应拍摄的面</translation>
    </message>
    <message>
        <source>all other products</source>
        <translation>其他所有产品</translation>
    </message>
    <message>
        <source>{category}: {required}</source>
        <translation>{category}：{required}</translation>
    </message>
    <message>
        <source>{category}: {required}; optional: {optional}</source>
        <translation>{category}：{required}；可选：{optional}</translation>
    </message>
    <message>
        <source>zones ({count})</source>
        <translation>分区（{count} 个）</translation>
    </message>
    <message>
        <source>distinguishing features ({count})</source>
        <translation>鉴别要点（{count}）</translation>
    </message>
    <message>
        <source>facts of the product</source>
        <translation>产品信息</translation>
    </message>
    <message>
        <source>threshold {value}</source>
        <translation>阈值 {value}</translation>
    </message>
    <message>
        <source>threshold {before} → {value}</source>
        <translation>阈值 {before} → {value}</translation>
    </message>
    <message>
        <source>known length, {length} mm</source>
        <translation>已知长度 {length} 毫米</translation>
    </message>
    <message>
        <source>{field}: here “{mine}”, in the file “{theirs}”</source>
        <translation>{field}：本图库“{mine}”，文件“{theirs}”</translation>
    </message>
    <message>
        <source>product and side</source>
        <translation>产品与拍摄面</translation>
    </message>
    <message>
        <source>{field} “{old}” → “{new}”</source>
        <translation>{field}“{old}”→“{new}”</translation>
    </message>
    <message>
        <source>The whole gallery</source>
        <translation>整个图库</translation>
    </message>
</context>
<context>
    <name>checking</name>
    <message>
        <source>{side}: the files of {count} references can no longer be read. Add the pictures again.</source>
        <translation>{side}：有 {count} 张参考图的文件已无法读取。请重新添加这些图片。</translation>
    </message>
    <message>
        <source>{side}: the files of {count} references are no longer the pictures that were added. Add the pictures again.</source>
        <translation>{side}：有 {count} 张参考图的文件已不是当初添加的图片。请重新添加这些图片。</translation>
    </message>
    <message>
        <source>{side}: a reference cannot be judged by: {faults}. Replace or remove it.</source>
        <translation>{side}：有一张参考图不能用作对照：{faults}。请更换或移除。</translation>
    </message>
    <message>
        <source>{side}: a reference looks like {elsewhere}; it matches {share} % of the references there. Move it there, or remove it.</source>
        <translation>{side}：有一张参考图看来是{elsewhere}，与那里 {share} % 的参考图相符。请移到那里，或将其移除。</translation>
    </message>
    <message>
        <source>{side}: a reference seems to show another side, {elsewhere}; it matches {share} % of the references there. Move it there, or remove it.</source>
        <translation>{side}：有一张参考图拍的似乎是另一面，即{elsewhere}，与那里 {share} % 的参考图相符。请移到那里，或将其移除。</translation>
    </message>
    <message>
        <source>{side}: a reference looks like none of its siblings. Look at them side by side, then move or remove it.</source>
        <translation>{side}：有一张参考图与同一面的其他参考图都不像。请并排查看，再移走或移除。</translation>
    </message>
    <message>
        <source>One picture stands under several sides: {sides}. Keep it under the right one.</source>
        <translation>同一张图片列在多个拍摄面下：{sides}。请只保留在正确的一处。</translation>
    </message>
    <message>
        <source>{sides}: {count} references are one and the same photo, saved differently. Keep one.</source>
        <translation>{sides}：有 {count} 张参考图是同一张照片，只是保存方式不同。请只保留一张。</translation>
    </message>
    <message>
        <source>{side} and {elsewhere} can be taken for each other: {share} % of their references match. Join them, or draw must-match zones where they differ.</source>
        <translation>{side}与{elsewhere}可能被互相认错：两者的参考图有 {share} % 彼此相符。请合并，或在两者的不同之处绘制“必须一致”区。</translation>
    </message>
    <message>
        <source>{side} has {count} references, {enough} are needed. Add more.</source>
        <translation>{side}只有 {count} 张参考图，需要 {enough} 张。请再添加。</translation>
    </message>
    <message>
        <source>{side} has no references, though {share} % of the products have this side. Add some.</source>
        <translation>{side}没有参考图，而 {share} % 的产品都有这一面。请添加。</translation>
    </message>
    <message>
        <source>{side} has no reference of batch “{detail}”, which another side shows. Add one.</source>
        <translation>{side}没有批次“{detail}”的参考图，而另一面有这一批次。请添加。</translation>
    </message>
    <message>
        <source>{side}: nobody vouches for {count} references. Say who does, or remove them.</source>
        <translation>{side}：有 {count} 张参考图无人担保。请注明担保人，或将其移除。</translation>
    </message>
    <message>
        <source>{side}: {count} references were valid until {date}. Renew or remove them.</source>
        <translation>{side}：有 {count} 张参考图的有效期至 {date}。请更新或移除。</translation>
    </message>
    <message>
        <source>{side}: “{date}” is no date. Write it as year-month-day.</source>
        <translation>{side}：“{date}”不是日期。请按 年-月-日 填写。</translation>
    </message>
    <message>
        <source>{side}: the files of {count} references are gone. Add the pictures again.</source>
        <translation>{side}：有 {count} 张参考图的文件已丢失。请重新添加这些图片。</translation>
    </message>
    <message>
        <source>Reading references</source>
        <translation>正在读取参考图</translation>
    </message>
    <message>
        <source>Comparing references</source>
        <translation>正在比较参考图</translation>
    </message>
    <message>
        <source>{side}: {count} zones are drawn on references that are gone. Draw them again, or add those pictures again.</source>
        <translation>{side}：有 {count} 个分区所依据的参考图已不在。请重新绘制，或重新添加这些图片。</translation>
    </message>
    <message>
        <source>{side}: {count} distinguishing features are drawn on references that are gone. Draw them again, or add those pictures again.</source>
        <translation>{side}：有 {count} 条鉴别要点所依据的参考图已不在。请重新绘制，或重新添加这些图片。</translation>
    </message>
    <message>
        <source>{side}: {count} references do not tell: {field}. The rules ask for it; say it.</source>
        <translation>{side}：{count} 张参考图未填写：{field}。这是必填项，请补充。</translation>
    </message>
    <message>
        <source>“{product}” does not tell: {field}. The rules ask for it; say it.</source>
        <translation>“{product}”未填写：{field}。这是必填项，请补充。</translation>
    </message>
    <message>
        <source>{side} has no references, though the rules ask for this side. Add some.</source>
        <translation>{side}没有参考图，而此面必须拍摄。请添加。</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>decoding was stopped after {seconds} seconds; the file may be damaged</source>
        <translation>解码超过 {seconds} 秒，已停止；文件可能已损坏</translation>
    </message>
    <message>
        <source>the decoder broke down at this file; it may be damaged</source>
        <translation>解码器在此文件上出错；文件可能已损坏</translation>
    </message>
    <message>
        <source>{right} of {all} as expected. Pictures: {folder}</source>
        <translation>{all} 项中有 {right} 项符合预期。图片：{folder}</translation>
    </message>
    <message>
        <source>{name}: {outcome}</source>
        <translation>{name}：{outcome}</translation>
    </message>
    <message>
        <source> (expected: {outcome})</source>
        <translation>（预期：{outcome}）</translation>
    </message>
    <message>
        <source>The region lies outside “{path}”, which has {width} × {height} pixels. Choose one inside it.</source>
        <translation>所选区域在“{path}”之外，该图为 {width} × {height} 像素。请在图内选择区域。</translation>
    </message>
    <message>
        <source>There is no table at “{path}”.</source>
        <translation>“{path}”处没有表格文件。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Found first</source>
        <translation>首位命中</translation>
    </message>
    <message>
        <source>Wrongly accepted</source>
        <translation>误认</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>已判断</translation>
    </message>
    <message>
        <source>Region 1 right</source>
        <translation>区域 1 正确</translation>
    </message>
    <message>
        <source>One of 3 right</source>
        <translation>前三区域命中</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>拍摄面</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>References checked: {references}. To put right: {findings}.</source>
        <translation>已检查参考图 {references} 张。需处理：{findings} 项。</translation>
    </message>
    <message>
        <source>This gallery changes only where two people agree, and measured limits cannot be proposed. Nothing was changed. Let both lift the rule in the window, calibrate, then let it hold again.</source>
        <translation>此图库须经两人同意才能更改，而测得的界限无法提议。未作任何更改。请由两人在窗口中解除该规则，校准后再恢复。</translation>
    </message>
    <message>
        <source>The limits could not be written to “{folder}”. Make the folder writable, then calibrate again.</source>
        <translation>判定界限无法写入“{folder}”。请将该文件夹设为可写，然后重新校准。</translation>
    </message>
    <message>
        <source>Limits now rest on {count} comparisons of genuine references.</source>
        <translation>判定界限现以 {count} 次正品参考图之间的比较为依据。</translation>
    </message>
    <message>
        <source>No side has three references yet, so there is nothing to rest limits on.</source>
        <translation>还没有哪一面有三张参考图，无从确定判定界限。</translation>
    </message>
    <message>
        <source>Nothing could be added: {error}</source>
        <translation>未能添加任何内容：{error}</translation>
    </message>
    <message>
        <source>Next: {step}</source>
        <translation>下一步：{step}</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Matching points</source>
        <translation>匹配点</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>Compared with {side}. Degree of agreement: {similarity}.</source>
        <translation>与{side}比对。一致度：{similarity}。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Kind of difference</source>
        <translation>差异类别</translation>
    </message>
    <message>
        <source>Measured here</source>
        <translation>此处实测</translation>
    </message>
    <message>
        <source>Among genuine items</source>
        <translation>正品之间</translation>
    </message>
    <message>
        <source>Times as much</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>{path} written, SHA-256 {hash}.</source>
        <translation>已写入 {path}，SHA-256 {hash}。</translation>
    </message>
    <message>
        <source>There is no folder at “{path}”.</source>
        <translation>“{path}”处没有文件夹。</translation>
    </message>
    <message>
        <source>The first pairs are being simulated …</source>
        <translation>正在模拟第一批图片对……</translation>
    </message>
    <message>
        <source>step {step}, {lessons} pairs simulated, loss {loss}, twins ranked right {won}</source>
        <translation>第 {step} 步，已模拟 {lessons} 对，损失 {loss}，孪生排序正确 {won}</translation>
    </message>
    <message>
        <source>“{path}” is no Iconify set: there are no icons in it.</source>
        <translation>“{path}”不是 Iconify 图标集：其中没有图标。</translation>
    </message>
    <message>
        <source>{side} has no zone {number}; it has {count}.</source>
        <translation>{side}没有 {number} 号分区，共有 {count} 个。</translation>
    </message>
    <message>
        <source>“{name}” is no reference of {side}.</source>
        <translation>“{name}”不是{side}的参考图。</translation>
    </message>
    <message>
        <source>The area reaches beyond the reference, which has {width} × {height} pixels. Choose corners inside it.</source>
        <translation>区域超出了参考图（{width} × {height} 像素）。请在图内选择各角。</translation>
    </message>
    <message>
        <source>The variable zones of {side} would leave nothing to compare of its must-match zone “{name}”. Choose other corners.</source>
        <translation>{side}的可变分区会使其“必须一致”分区“{name}”没有可比对的部分。请另选顶点。</translation>
    </message>
    <message>
        <source>{side} has no zones.</source>
        <translation>{side}没有分区。</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>{side} has no feature {number}; it has {count}.</source>
        <translation>{side}没有第 {number} 条鉴别要点；共有 {count} 条。</translation>
    </message>
    <message>
        <source>Nothing is said yet of how to tell genuine items of {side}.</source>
        <translation>{side}尚无鉴别要点。</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>What to see there</source>
        <translation>此处的特征</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>genuine</source>
        <translation>真品</translation>
    </message>
    <message>
        <source>known false</source>
        <translation>已知非正品</translation>
    </message>
    <message>
        <source>{kind}, proposed</source>
        <translation>{kind}（建议）</translation>
    </message>
    <message>
        <source>The gallery is kept in this workspace. References: {count}.</source>
        <translation>图库保存在本工作区。参考图：{count} 张。</translation>
    </message>
    <message>
        <source>The gallery is shared at {address}, its pictures are in “{folder}”. References: {count}.</source>
        <translation>图库共享于 {address}，图片在“{folder}”。参考图：{count} 张。</translation>
    </message>
    <message>
        <source>The gallery is shared at {address}, which cannot be reached now: it is read from a copy and cannot be changed. References: {count}.</source>
        <translation>图库共享于 {address}，目前无法连接：正在读取本机副本，不能改动。参考图：{count} 张。</translation>
    </message>
    <message>
        <source>Written: {path}, references: {count}.</source>
        <translation>已写入：{path}，参考图：{count} 张。</translation>
    </message>
    <message>
        <source>The two galleries contradict each other, so nothing was loaded. Say whose word counts: --keep mine or --keep theirs.</source>
        <translation>两个图库互相矛盾，因此未载入任何内容。请说明以谁为准：--keep mine（本图库）或 --keep theirs（文件）。</translation>
    </message>
    <message>
        <source>Would be added: {added}, changed: {changed}, in contradiction: {conflicts}.</source>
        <translation>将新增：{added}，变更：{changed}，矛盾：{conflicts}。</translation>
    </message>
    <message>
        <source>Added: {added}, changed: {changed}, in contradiction: {conflicts}.</source>
        <translation>已新增：{added}，变更：{changed}，矛盾：{conflicts}。</translation>
    </message>
    <message>
        <source>Seal: {seal}</source>
        <translation>封印：{seal}</translation>
    </message>
    <message>
        <source>before “{name}”</source>
        <translation>“{name}”之前</translation>
    </message>
    <message>
        <source>The gallery is as in “{name}” again. How it was before: “{before}”.</source>
        <translation>图库已恢复为“{name}”时的样子。恢复前的状态保存为：“{before}”。</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Gallery version</source>
        <translation>图库版本</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Changes: {count}.</source>
        <translation>变动：{count} 处。</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>No outline was found in “{name}”. Give the corners by hand.</source>
        <translation>在“{name}”中找不到轮廓。请手动给出角点。</translation>
    </message>
    <message>
        <source>“{name}” is no reference of the gallery. “gallery list --json” names them.</source>
        <translation>“{name}”不是图库中的参考图。可用“gallery list --json”列出。</translation>
    </message>
    <message>
        <source>“{name}” stands under several sides: {sides}. Name one by its id.</source>
        <translation>“{name}”在多个面下都有：{sides}。请用编号指明。</translation>
    </message>
    <message>
        <source>It was so already; nothing was changed.</source>
        <translation>原本如此，未作改动。</translation>
    </message>
    <message>
        <source>Of a product: {names}</source>
        <translation>产品必填项：{names}</translation>
    </message>
    <message>
        <source>Of a reference: {names}</source>
        <translation>参考图必填项：{names}</translation>
    </message>
    <message>
        <source>Sides of {category}: {required}; optional: {optional}</source>
        <translation>{category}的面：{required}；选拍：{optional}</translation>
    </message>
    <message>
        <source>all other products</source>
        <translation>其他所有产品</translation>
    </message>
    <message>
        <source>No threshold was set: the promised rate of false alarms holds.</source>
        <translation>尚未设定阈值：按承诺的误报率判定。</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>whole gallery (margin)</source>
        <translation>整个图库（余量）</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>当前采用</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>漏报</translation>
    </message>
    <message>
        <source>The annotated picture of “{path}” could not be written. {cause}</source>
        <translation>“{path}”的标注图片无法写入。{cause}</translation>
    </message>
</context>
<context>
    <name>doctor</name>
    <message>
        <source>Text</source>
        <translation>文字识别</translation>
    </message>
    <message>
        <source>What is printed is not read without it. Install it: pip install rapidocr onnxruntime</source>
        <translation>缺少它就不读取印刷文字。请安装：pip install rapidocr onnxruntime</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Install the program again: pip install --force-reinstall touchstone</source>
        <translation>请重新安装程序：pip install --force-reinstall touchstone</translation>
    </message>
    <message>
        <source>Photos take several times as long without it. Install it: pip install openvino</source>
        <translation>缺少它时，每张照片要花数倍的时间。请安装：pip install openvino</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>no screen; commands work, windows do not</source>
        <translation>没有屏幕；命令可用，窗口不可用</translation>
    </message>
    <message>
        <source>Install Qt&apos;s system libraries. On Debian and Ubuntu: sudo apt-get install libegl1 libgl1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1</source>
        <translation>请安装 Qt 所需的系统库。在 Debian 和 Ubuntu 上：sudo apt-get install libegl1 libgl1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1</translation>
    </message>
    <message>
        <source>{format} pictures</source>
        <translation>{format} 图片</translation>
    </message>
    <message>
        <source>can be read</source>
        <translation>可以读取</translation>
    </message>
    <message>
        <source>Such files are refused. Install again: pip install --force-reinstall {package}</source>
        <translation>此类文件会被拒绝。请重新安装：pip install --force-reinstall {package}</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Choose another folder with --workspace, or make this one writable.</source>
        <translation>请用 --workspace 另选文件夹，或使此文件夹可写。</translation>
    </message>
    <message>
        <source>Free space</source>
        <translation>可用空间</translation>
    </message>
    <message>
        <source>Delete what is not needed, or choose a folder on another disk with --workspace.</source>
        <translation>请删除不需要的文件，或用 --workspace 选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>no font with Chinese signs</source>
        <translation>没有含中文字形的字体</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt-get install fonts-noto-cjk</source>
        <translation>在 Debian 和 Ubuntu 上：sudo apt-get install fonts-noto-cjk</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>请重新安装程序。</translation>
    </message>
    <message>
        <source>the translation is missing</source>
        <translation>缺少翻译文件</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Brand</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>GTIN (bar code number)</source>
        <translation>GTIN（条码号）</translation>
    </message>
    <message>
        <source>Packaging version</source>
        <translation>包装版本</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>有效期自</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>担保人</translation>
    </message>
    <message>
        <source>Obtained from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Obtained on</source>
        <translation>取得日期</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>证明文件</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>To put right</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Unfit photos</source>
        <translation>不合格照片</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>差异范围</translation>
    </message>
    <message>
        <source>How many references the side has.</source>
        <translation>这一面有多少张参考图。</translation>
    </message>
    <message>
        <source>What the last check found, and what records tell.</source>
        <translation>上次检查发现的问题，以及记录本身反映的问题。</translation>
    </message>
    <message>
        <source>References that cannot be judged by.</source>
        <translation>无法作为判定依据的参考图。</translation>
    </message>
    <message>
        <source>References whose last valid day has passed.</source>
        <translation>有效期已过的参考图。</translation>
    </message>
    <message>
        <source>How many different batches are shown.</source>
        <translation>参考图来自多少个不同批次。</translation>
    </message>
    <message>
        <source>On how many different days photos were taken.</source>
        <translation>照片在多少个不同日期拍摄。</translation>
    </message>
    <message>
        <source>With how many different cameras.</source>
        <translation>使用了多少种不同相机。</translation>
    </message>
    <message>
        <source>How far the photos lie apart in their mean colour (CIE76).</source>
        <translation>照片之间平均颜色的差距（CIE76）。</translation>
    </message>
    <message>
        <source>The strongest evidence of a reference against its siblings; 1 is the limit from which on a photo differs.</source>
        <translation>参考图与同一面其他参考图相比的最强差异；1 为判定界限，超过即判为有差异。</translation>
    </message>
    <message>
        <source>Missing sides</source>
        <translation>缺少的面</translation>
    </message>
    <message>
        <source>Thin sides</source>
        <translation>参考图太少的面</translation>
    </message>
    <message>
        <source>One batch only</source>
        <translation>只有一个批次</translation>
    </message>
    <message>
        <source>Batch never told</source>
        <translation>批次均未注明</translation>
    </message>
    <message>
        <source>Batch partly told</source>
        <translation>批次只注明一部分</translation>
    </message>
    <message>
        <source>One day only</source>
        <translation>全部在同一天拍摄</translation>
    </message>
    <message>
        <source>Day never told</source>
        <translation>拍摄日期均不明</translation>
    </message>
    <message>
        <source>Day partly told</source>
        <translation>拍摄日期部分不明</translation>
    </message>
    <message>
        <source>One camera only</source>
        <translation>只用一种相机拍摄</translation>
    </message>
    <message>
        <source>Camera never told</source>
        <translation>相机均不明</translation>
    </message>
    <message>
        <source>Camera partly told</source>
        <translation>相机部分不明</translation>
    </message>
    <message>
        <source>One light only</source>
        <translation>光线全部相同</translation>
    </message>
    <message>
        <source>Light not known</source>
        <translation>光线情况不明</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Changed files</source>
        <translation>内容已变的文件</translation>
    </message>
    <message>
        <source>Files that are gone</source>
        <translation>丢失的文件</translation>
    </message>
    <message>
        <source>Photos that cannot be judged by</source>
        <translation>不合格照片</translation>
    </message>
    <message>
        <source>Wrong product</source>
        <translation>产品归错</translation>
    </message>
    <message>
        <source>Wrong side</source>
        <translation>面归错</translation>
    </message>
    <message>
        <source>Unlike their siblings</source>
        <translation>与同一面其他参考图不像</translation>
    </message>
    <message>
        <source>Filed twice</source>
        <translation>重复归档</translation>
    </message>
    <message>
        <source>The same photo again</source>
        <translation>同一张照片重复</translation>
    </message>
    <message>
        <source>Taken for each other</source>
        <translation>可能互相认错</translation>
    </message>
    <message>
        <source>Batches missing on a side</source>
        <translation>某一面缺少的批次</translation>
    </message>
    <message>
        <source>Nobody vouches</source>
        <translation>无人担保</translation>
    </message>
    <message>
        <source>Dates that are none</source>
        <translation>无效日期</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>could be better</source>
        <translation>有待改进</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>较差</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>{measure}: {value}</source>
        <translation>{measure}：{value}</translation>
    </message>
    <message>
        <source>{side}: each reference against the others, 1 is the limit: {values}</source>
        <translation>{side}：每张参考图与其他参考图相比，1 为判定界限：{values}</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>Touchstone made a mistake here. Your photos and the gallery are untouched. Copy the details and send them to whoever looks after the program.</source>
        <translation>试金石在这里出了错。您的照片和图库未受影响。请复制详情，发给维护程序的人。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped or pasted. Drop picture files or folders, or copy a picture and paste it.</source>
        <translation>拖入或粘贴的内容里没有图片。请拖入图片文件或文件夹，或者复制一张图片再粘贴。</translation>
    </message>
    <message>
        <source>References added: {count}.</source>
        <translation>已添加参考图 {count} 张。</translation>
    </message>
    <message>
        <source>A reference of “{product}”, “{side}” was removed.</source>
        <translation>已移除“{product}”（{side}）的一张参考图。</translation>
    </message>
    <message>
        <source>This is only the address of a picture. Save the picture first (right-click it in the browser), then drop the file here.</source>
        <translation>这只是图片的网址。请先保存图片（在浏览器中右键点击图片另存），再把文件拖到这里。</translation>
    </message>
    <message>
        <source>No pictures were found in that folder.</source>
        <translation>该文件夹中没有找到图片。</translation>
    </message>
    <message>
        <source>Photos added: {count}. Left out, in no format that can be read: {names}</source>
        <translation>已添加照片：{count}。未收取（格式无法读取）：{names}</translation>
    </message>
    <message>
        <source>“{name}” is in the list already.</source>
        <translation>“{name}”已在列表中。</translation>
    </message>
    <message>
        <source>Stopped. Photos not inspected: {count}. They stay in the list; “Go on with the rest” takes them up again.</source>
        <translation>已停止。尚有 {count} 张照片未检验，仍保留在列表中；点“继续检验其余照片”即可接着检验。</translation>
    </message>
    <message>
        <source>“{name}” was taken off the list; the file is untouched.</source>
        <translation>“{name}”已从列表中移除；文件本身未动。</translation>
    </message>
    <message>
        <source>A must-match zone lies at the very edge of the product, where no photo can be compared. Draw it further inside, or no photo of this side will ever agree.</source>
        <translation>有一个必须一致区紧贴产品边缘，那里任何照片都无法比较。请画得靠内一些，否则此面的照片永远不会判为一致。</translation>
    </message>
    <message>
        <source>Undone: {act}</source>
        <translation>已撤销：{act}</translation>
    </message>
    <message>
        <source>Redone: {act}</source>
        <translation>已重做：{act}</translation>
    </message>
    <message>
        <source>On either picture: drag a rectangle, or click corner after corner and double-click the last one. Esc puts the pencil down.</source>
        <translation>在任一图片上：拖出矩形，或逐个点击角点并在最后一点双击。按 Esc 放下画笔。</translation>
    </message>
    <message>
        <source>From now on new pictures in that folder are taken. Drop the folder here to take those that are in it already: {count}</source>
        <translation>从现在起会自动收取该文件夹中的新图片。若要收取其中已有的图片，请把文件夹拖到这里：{count}</translation>
    </message>
    <message>
        <source>New in the watched folder: {count}</source>
        <translation>监视的文件夹中有新图片：{count}</translation>
    </message>
    <message>
        <source>The watched folder cannot be reached: {folder}. Nothing is lost; Touchstone goes on when it is there again.</source>
        <translation>无法访问监视的文件夹：{folder}。没有丢失任何内容；恢复后会自动继续。</translation>
    </message>
    <message>
        <source>The watched folder can be reached again.</source>
        <translation>监视的文件夹又可以访问了。</translation>
    </message>
    <message>
        <source>Choose the photos of one item first: click them with Ctrl or Shift held down.</source>
        <translation>请先选中同一物品的照片：按住 Ctrl 或 Shift 逐个点击。</translation>
    </message>
    <message>
        <source>Click two points, or drag from one to the other. Esc ends measuring.</source>
        <translation>点击两个点，或从一点拖到另一点。按 Esc 结束测量。</translation>
    </message>
    <message>
        <source>On the photo: drag a box round the label, or click corner after corner and double-click the last one. Esc puts the pencil down.</source>
        <translation>在照片上：围绕标签拖出方框，或逐个点击角点并在最后一点双击。按 Esc 放下画笔。</translation>
    </message>
    <message>
        <source>The pins lay on a reference that this side no longer has. Set them anew.</source>
        <translation>这些定位点所在的参考图已不属于这一面。请重新设定。</translation>
    </message>
    <message>
        <source>The references of this side have changed since. Press R to inspect again.</source>
        <translation>这一面的参考图已有变动。请按 R 重新检验。</translation>
    </message>
    <message>
        <source>References moved to “{product}”, “{side}”: {count}.</source>
        <translation>已移到“{product}”“{side}”的参考图：{count} 张。</translation>
    </message>
    <message>
        <source>This reference now stands for its side.</source>
        <translation>此图现为该面的首选参考图。</translation>
    </message>
    <message>
        <source>The program chooses again which reference comes first.</source>
        <translation>首选参考图重新由程序选择。</translation>
    </message>
    <message>
        <source>The reference is used straightened. Its file stays.</source>
        <translation>参考图将按校正后的样子使用，原文件不变。</translation>
    </message>
    <message>
        <source>The reference is used as it was taken again.</source>
        <translation>参考图重新按拍摄原样使用。</translation>
    </message>
    <message>
        <source>What is known of the reference was kept: {count}.</source>
        <translation>已保存参考图的信息：{count} 张。</translation>
    </message>
    <message>
        <source>What is known of “{product}” was kept.</source>
        <translation>已保存“{product}”的信息。</translation>
    </message>
    <message>
        <source>What to look at on this side was kept.</source>
        <translation>已保存此面的鉴别要点。</translation>
    </message>
    <message>
        <source>What the gallery asks for was changed.</source>
        <translation>图库的要求已更改。</translation>
    </message>
    <message>
        <source>The change was taken back.</source>
        <translation>已撤销此改动。</translation>
    </message>
    <message>
        <source>It was so already; nothing was changed.</source>
        <translation>原本如此，未作改动。</translation>
    </message>
    <message>
        <source>The history was written to “{path}”.</source>
        <translation>历史记录已写入“{path}”。</translation>
    </message>
    <message>
        <source>Lines imported: {kept}. Left out: {failed}.</source>
        <translation>已导入 {kept} 行，略过 {failed} 行。</translation>
    </message>
    <message>
        <source>Approved. Changes made in the gallery: {count}.</source>
        <translation>已批准。图库改动：{count} 处。</translation>
    </message>
    <message>
        <source>The gallery stays as it is.</source>
        <translation>图库保持不变。</translation>
    </message>
    <message>
        <source>Esc goes back to the scan, to the same row.</source>
        <translation>按 Esc 返回扫描，回到同一行。</translation>
    </message>
    <message>
        <source>Drop folders of photos here, or files.</source>
        <translation>请把照片文件夹或文件拖到这里。</translation>
    </message>
    <message>
        <source>A scan is under way. Stop it first.</source>
        <translation>正在扫描。请先停止当前扫描。</translation>
    </message>
    <message>
        <source>Every photo that is shown has been decided on.</source>
        <translation>所显示的照片均已判定。</translation>
    </message>
    <message>
        <source>Not reachable: {folders}. Nothing in there was judged. Check the disk or network connection, then go on.</source>
        <translation>无法访问：{folders}。其中的内容均未比对。请检查磁盘或网络连接，然后继续。</translation>
    </message>
    <message>
        <source>Changes of the gallery now need a second person.</source>
        <translation>现在图库改动须第二人批准。</translation>
    </message>
    <message>
        <source>Everybody can change the gallery again.</source>
        <translation>现在一人即可改动图库。</translation>
    </message>
    <message>
        <source>The gallery was written to “{path}”.</source>
        <translation>图库已导出到“{path}”。</translation>
    </message>
    <message>
        <source>Loaded “{path}”. References added: {added}, other changes: {other}.</source>
        <translation>已载入“{path}”。新增参考图：{added} 张，其他变动：{other} 处。</translation>
    </message>
    <message>
        <source>The gallery of now is kept as “{name}”.</source>
        <translation>当前图库已保存为“{name}”。</translation>
    </message>
    <message>
        <source>The gallery is as in “{name}” already.</source>
        <translation>图库已与“{name}”一致。</translation>
    </message>
    <message>
        <source>The gallery is as in “{name}” again. Before: “{before}”.</source>
        <translation>图库已恢复为“{name}”。恢复前的状态：“{before}”。</translation>
    </message>
    <message>
        <source>Judged by the threshold {value} from now on: {of}.</source>
        <translation>今后按阈值 {value} 判定：{of}。</translation>
    </message>
    <message>
        <source>Judged by the promised rate again: {of}.</source>
        <translation>已恢复按承诺的误报率判定：{of}。</translation>
    </message>
    <message>
        <source>Watched for new photos, as before: {folders}</source>
        <translation>继续监视新照片：{folders}</translation>
    </message>
</context>
<context>
    <name>pins</name>
    <message>
        <source>Set another pin. Two give place, turn and size, three also a slant, four also a tilt.</source>
        <translation>请再设一个定位点。两个可确定位置、旋转和大小，三个可确定倾斜变形，四个可确定透视。</translation>
    </message>
    <message>
        <source>These pins lie too close together. Set them far apart, best near the corners.</source>
        <translation>这些定位点离得太近。请设得远一些，最好靠近四角。</translation>
    </message>
    <message>
        <source>These pins lie on one line. Set one away from it.</source>
        <translation>这些定位点在一条直线上。请在直线以外再设一个。</translation>
    </message>
    <message>
        <source>With these pins the photo would be mirrored or folded: two of them are swapped, or one lies on a wrong place.</source>
        <translation>按这些定位点，照片会被镜像或折叠：可能有两个点颠倒了，或有一个点的位置不对。</translation>
    </message>
    <message>
        <source>The reference of these pins is no longer in the gallery.</source>
        <translation>这些定位点所在的参考图已不在图库中。</translation>
    </message>
    <message>
        <source>Pins: {count}. One more would show how exactly they agree.</source>
        <translation>定位点：{count} 个。再加一个就能看出它们是否一致。</translation>
    </message>
    <message>
        <source>Pins: {count}. Error: {error} px; pin {number} is off most, by {most} px.</source>
        <translation>定位点：{count} 个。误差：{error} 像素；{number} 号偏差最大，为 {most} 像素。</translation>
    </message>
</context>
<context>
    <name>scan</name>
    <message>
        <source>An earlier scan of this was not finished; {count} results are kept. With --resume it goes on from there.</source>
        <translation>此前的一次扫描没有完成，已保留 {count} 个结果。加 --resume 可从那里继续。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件数</translation>
    </message>
    <message>
        <source>No pictures were found there.</source>
        <translation>那里没有找到图片。</translation>
    </message>
    <message>
        <source>{count} photos in {seconds} s, {rate} a second.</source>
        <translation>{count} 张照片，用时 {seconds} 秒，每秒 {rate} 张。</translation>
    </message>
    <message>
        <source>Stopped; what is done is kept. With --resume the scan goes on from there.</source>
        <translation>已停止，已完成的结果均已保存。加上 --resume 可继续扫描。</translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation>每秒 {rate} 张</translation>
    </message>
    <message>
        <source>Folder scan</source>
        <translation>文件夹扫描</translation>
    </message>
    <message>
        <source>The scan is not complete.</source>
        <translation>扫描没有完成。</translation>
    </message>
    <message>
        <source>What was found: {count} in all.</source>
        <translation>扫描所得：共 {count} 项。</translation>
    </message>
    <message>
        <source>Suspicion of the photos that could be compared: to the right, look first.</source>
        <translation>可比对照片的可疑程度：越靠右越应先看。</translation>
    </message>
    <message>
        <source>Photos that differ, by product.</source>
        <translation>有差异的照片，按产品列出。</translation>
    </message>
    <message>
        <source>The most suspicious photos</source>
        <translation>最可疑的照片</translation>
    </message>
    <message>
        <source>What was not judged, and why</source>
        <translation>未判断的内容及原因</translation>
    </message>
    <message>
        <source>And {count} more, which the tables list.</source>
        <translation>另有 {count} 项，见表格。</translation>
    </message>
    <message>
        <source>Suspicion</source>
        <translation>可疑程度</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>拍摄面</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致度</translation>
    </message>
    <message>
        <source>Genuine items that agree no better</source>
        <translation>一致程度不高于此的正品</translation>
    </message>
    <message>
        <source>Differing places</source>
        <translation>差异处</translation>
    </message>
    <message>
        <source>Faults of the photo</source>
        <translation>照片缺陷</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Same file as</source>
        <translation>与此文件相同</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Same photo as</source>
        <translation>与此照片相同</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Side file</source>
        <translation>附属文件</translation>
    </message>
    <message>
        <source>Not a picture</source>
        <translation>不是图片</translation>
    </message>
    <message>
        <source>Folder cannot be opened</source>
        <translation>无法打开文件夹</translation>
    </message>
    <message>
        <source>Folder not reachable</source>
        <translation>无法访问文件夹</translation>
    </message>
    <message>
        <source>Folder already scanned</source>
        <translation>文件夹已扫描过</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Same file as another</source>
        <translation>与另一文件相同</translation>
    </message>
    <message>
        <source>Scans on several machines need dask. Install it: pip install touchstone[cluster]</source>
        <translation>在多台机器上扫描需要 dask，请安装：pip install “touchstone[cluster]”</translation>
    </message>
    <message>
        <source>The scheduler {address} does not answer. Check its address and that it runs.</source>
        <translation>调度器 {address} 没有响应。请检查其地址以及是否在运行。</translation>
    </message>
    <message>
        <source>The scheduler {address} has no workers. Start some, then scan again.</source>
        <translation>调度器 {address} 没有工作进程。请先启动几个，再重新扫描。</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Changes at once; nothing has to be restarted.</source>
        <translation>立即生效，无需重新启动。</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Pictures always lie on the same neutral grey, so that it does not tint the eye.</source>
        <translation>图片始终衬在同一种中性灰上，以免影响眼睛对颜色的判断。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>How many threads the comparison may use. Counts from the next start of the program.</source>
        <translation>比对时可使用的线程数。下次启动程序时生效。</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>监视的文件夹</translation>
    </message>
    <message>
        <source>New pictures that appear in it are inspected by themselves, each once.</source>
        <translation>其中新出现的图片会自动检验，每张只检验一次。</translation>
    </message>
    <message>
        <source>Memory for pictures</source>
        <translation>图片内存</translation>
    </message>
    <message>
        <source>Photos looked at before appear at once while they are in memory; others are read and compared again. Automatic: a quarter of the computer&apos;s memory, at most 4 GB.</source>
        <translation>看过的照片仍在内存中时会立即显示，其余的会重新读取并比对。自动：使用计算机内存的四分之一，最多 4 GB。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>sides</name>
    <message>
        <source>front</source>
        <translation>正面</translation>
    </message>
    <message>
        <source>back</source>
        <translation>背面</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>top</source>
        <translation>顶部</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>底部</translation>
    </message>
    <message>
        <source>side</source>
        <translation>侧面</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>内侧</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>外侧</translation>
    </message>
    <message>
        <source>logo</source>
        <translation>标志</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>吊牌</translation>
    </message>
    <message>
        <source>seal</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>lid</source>
        <translation>盖子</translation>
    </message>
    <message>
        <source>cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>barcode</source>
        <translation>条码</translation>
    </message>
</context>
<context>
    <name>thresholds</name>
    <message>
        <source>Judged by a threshold of {limit} that a trainer set for this side; the strongest evidence was {peak}.</source>
        <translation>按管理员为这一面设定的阈值 {limit} 判定；最强差异为 {peak}。</translation>
    </message>
    <message>
        <source>Judged by a threshold of {limit}, after a margin that a trainer set for the whole gallery; the strongest evidence was {peak}.</source>
        <translation>按阈值 {limit} 判定，该值来自管理员为整个图库设定的余量；最强差异为 {peak}。</translation>
    </message>
    <message>
        <source>promised rate</source>
        <translation>承诺的误报率</translation>
    </message>
    <message>
        <source>set for the whole gallery</source>
        <translation>为整个图库设定</translation>
    </message>
    <message>
        <source>set for this side</source>
        <translation>为这一面设定</translation>
    </message>
    <message>
        <source>none known</source>
        <translation>暂无数据</translation>
    </message>
    <message>
        <source>{count} of {total} (95 %: {low} to {high} %)</source>
        <translation>{count} / {total}（95 % 区间：{low} 至 {high} %）</translation>
    </message>
    <message>
        <source>Few numbers: {total} comparisons. With fewer than 36, even no false alarm at all cannot show that at most 10 % of genuine photos are alarmed.</source>
        <translation>数据太少：只有 {total} 次比较。少于 36 次时，即使没有一次误报，也不能证明误报的正品照片不超过 10 %。</translation>
    </message>
</context>
<context>
    <name>triage</name>
    <message>
        <source>Agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>有差异</translation>
    </message>
    <message>
        <source>Look later</source>
        <translation>稍后再看</translation>
    </message>
</context>
<context>
    <name>viewing</name>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>局部对比度</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>滑动分界</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁对比</translation>
    </message>
    <message>
        <source>Onion skin</source>
        <translation>透明叠加</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异图</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>对照表</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Colour cannot be judged at {share} % of the places: the light there is too weak, too strongly tinted or too noisy, or washes the print out.</source>
        <translation>有 {share} % 的位置无法判断颜色：该处光线太弱、偏色太重、噪点太多，或把印刷冲淡了。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>“{reference}” is missing</source>
        <translation>缺少“{reference}”</translation>
    </message>
    <message>
        <source>“{suspect}” is not on the references</source>
        <translation>参考品上没有“{suspect}”</translation>
    </message>
    <message>
        <source>“{suspect}” instead of “{reference}”</source>
        <translation>“{suspect}”，而参考品为“{reference}”</translation>
    </message>
    <message>
        <source>{channel}: {letters}</source>
        <translation>{channel}：{letters}</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>{symbology} “{value}”: the same as on the references.</source>
        <translation>{symbology}“{value}”：与参考品上的相同。</translation>
    </message>
    <message>
        <source>{symbology} “{value}”: the references carry “{recorded}”.</source>
        <translation>{symbology}“{value}”：参考品上是“{recorded}”。</translation>
    </message>
    <message>
        <source>{symbology} “{value}”: differs from item to item, so nothing is concluded from it.</source>
        <translation>{symbology}“{value}”：每件物品各不相同，因此不据此下结论。</translation>
    </message>
    <message>
        <source>{symbology}: cannot be read surely here; the references carry “{recorded}”.</source>
        <translation>{symbology}：此处无法可靠读出；参考品上是“{recorded}”。</translation>
    </message>
    <message>
        <source>{symbology} “{value}”: too few references carry one there to compare it with.</source>
        <translation>{symbology}“{value}”：该处带码的参考品太少，无法比较。</translation>
    </message>
    <message>
        <source>{symbology}: differs from item to item; it cannot be read surely here.</source>
        <translation>{symbology}：每件物品各不相同；此处无法可靠读出。</translation>
    </message>
    <message>
        <source>Its check digit is wrong.</source>
        <translation>其校验位有误。</translation>
    </message>
    <message>
        <source>A right code proves nothing about the item: codes can be copied.</source>
        <translation>条码正确并不能证明物品的来历：条码可以照抄。</translation>
    </message>
    <message>
        <source>“{name}” is not a picture that can be read. Save it as JPEG or PNG and try again.</source>
        <translation>“{name}”不是可以读取的图片。请另存为 JPEG 或 PNG 后再试。</translation>
    </message>
    <message>
        <source>“{name}” is damaged. Copy it again from the camera, or take the photo again.</source>
        <translation>“{name}”已损坏。请从相机重新复制，或重新拍摄。</translation>
    </message>
    <message>
        <source>“{name}” is larger than the limit of {limit}. Save it smaller and try again.</source>
        <translation>“{name}”超过上限 {limit}。请缩小保存后再试。</translation>
    </message>
    <message>
        <source>“{name}” cannot be opened. Check that the file is there and that you may read it.</source>
        <translation>“{name}”无法打开。请检查文件是否存在，以及您是否有权读取。</translation>
    </message>
    <message>
        <source>The scan was halted, because nothing works any more. {cause} What was judged before is kept. Mend the cause, then resume the scan.</source>
        <translation>扫描已中止，因为后面的照片全都无法处理。{cause}此前的结果已保存。请先排除原因，再继续扫描。</translation>
    </message>
    <message>
        <source>Only {inliers} matching points agree, {needed} are needed. Take the photo again straight on, with the whole side sharp and in the picture.</source>
        <translation>只有 {inliers} 个匹配点一致，需要 {needed} 个。请正对产品重拍，让整个面清晰地出现在画面中。</translation>
    </message>
    <message>
        <source>The pins do not fit the references of this side any more. Press Ctrl+R to lay the photo automatically, then set pins anew.</source>
        <translation>这些定位点与这一面现有的参考图已不相符。请按 Ctrl+R 自动对齐，然后重新设定位点。</translation>
    </message>
    <message>
        <source>The model “{name}” is not installed. Run “touchstone doctor” to see how to.</source>
        <translation>模型“{name}”尚未安装。运行“touchstone doctor”可查看安装方法。</translation>
    </message>
    <message>
        <source>The file of the model “{name}” is not the expected one. Install Touchstone again.</source>
        <translation>模型“{name}”的文件与预期不符。请重新安装试金石。</translation>
    </message>
    <message>
        <source>The gallery has no product “{product}” with the side “{side}”. Choose one from the gallery&apos;s list.</source>
        <translation>图库中没有产品“{product}”的“{side}”。请从图库列表中选择。</translation>
    </message>
    <message>
        <source>The folder “{path}” cannot be written. Free space there, ask for the right to write, or choose another folder.</source>
        <translation>文件夹“{path}”无法写入。请腾出空间、申请写入权限，或另选文件夹。</translation>
    </message>
    <message>
        <source>The workspace “{path}” is in use. Wait until the other Touchstone has finished, then try again.</source>
        <translation>工作区“{path}”正在使用中。请等另一个试金石程序结束后再试。</translation>
    </message>
    <message>
        <source>The shared gallery “{place}” cannot be reached. It can be used as it was last seen here, but not changed. Check the network, or ask whoever keeps the server.</source>
        <translation>无法连接共享图库“{place}”。可以按本机最近一次看到的内容使用，但不能改动。请检查网络，或询问服务器管理员。</translation>
    </message>
    <message>
        <source>The database of the workspace “{path}” is damaged. Bring back the newest copy from its folder “backups”.</source>
        <translation>工作区“{path}”的数据库已损坏。请从其“backups”文件夹恢复最新的副本。</translation>
    </message>
    <message>
        <source>The workspace “{path}” was made by a newer Touchstone. Nothing was changed. Install the newer one, or choose another workspace.</source>
        <translation>工作区“{path}”由更新版本的试金石创建。未作任何更改。请安装新版本，或另选工作区。</translation>
    </message>
    <message>
        <source>“{path}” is being scanned already, by another Touchstone or in another window. Nothing was changed. Wait until that scan has ended, or stop it, then scan again.</source>
        <translation>“{path}”正在由另一个 Touchstone 或另一个窗口扫描。未作任何更改。请等待该扫描结束或将其停止，然后再扫描。</translation>
    </message>
    <message>
        <source>The table “{name}” cannot be read. It must be a CSV file whose first line names the columns file, product and side.</source>
        <translation>表格“{name}”无法读取。它应为 CSV 文件，首行须有 file、product 和 side 三列。</translation>
    </message>
    <message>
        <source>Line {line} of the table cannot be read as a row. Mend it in the table, save that as CSV again, then import it again.</source>
        <translation>表格第 {line} 行无法读取。请在表格中改正该行，重新保存为 CSV，然后再次导入。</translation>
    </message>
    <message>
        <source>This gallery changes only where two people agree. Nothing was changed. Make the change in the window: it becomes a proposal there, which another person approves.</source>
        <translation>此图库须经两人同意才能更改。未作任何更改。请在窗口中进行更改：它会成为一项提议，由另一人批准。</translation>
    </message>
    <message>
        <source>“{found}” is no GTIN: 8, 12, 13 or 14 digits are needed, and the last one checks the others. Compare it with the package, digit by digit.</source>
        <translation>“{found}”不是有效的 GTIN：应为 8、12、13 或 14 位数字，末位为校验位。请与包装逐位核对。</translation>
    </message>
    <message>
        <source>The gallery has no product “{found}”. “gallery list” names those it has.</source>
        <translation>图库中没有产品“{found}”。用“gallery list”可列出已有的产品。</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>side</source>
        <translation>拍摄面</translation>
    </message>
    <message>
        <source>who is at work</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>name of the snapshot</source>
        <translation>快照名称</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>name of the zone</source>
        <translation>分区名称</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Nothing was given as {field}. Fill it in.</source>
        <translation>未填写{field}。请填写。</translation>
    </message>
    <message>
        <source>“{found}” is too long as {field}: it has {count} characters, at most {limit} are possible.</source>
        <translation>“{found}”作为{field}太长：共 {count} 个字符，最多 {limit} 个。</translation>
    </message>
    <message>
        <source>“{found}” cannot be kept as {field}: it holds line breaks or characters that cannot be shown.</source>
        <translation>“{found}”不能保存为{field}：其中含有换行或无法显示的字符。</translation>
    </message>
    <message>
        <source>“{found}” cannot be kept as {field}: a day is expected, as in 2026-01-31.</source>
        <translation>“{found}”不能保存为{field}：应为日期，例如 2026-01-31。</translation>
    </message>
    <message>
        <source>“{found}” cannot be kept as {field}: it is before the first valid day, {first}.</source>
        <translation>“{found}”不能保存为{field}：它早于首个有效日 {first}。</translation>
    </message>
    <message>
        <source>This cannot be kept as {field}: it needs at least three corners in the picture.</source>
        <translation>不能保存为{field}：图片内至少需要三个角点。</translation>
    </message>
    <message>
        <source>This cannot be kept as {field}: its corners must lie in the picture.</source>
        <translation>不能保存为{field}：角点必须位于图片内。</translation>
    </message>
    <message>
        <source>The corners {found} cannot be used: four are expected, clockwise from the top left, in the picture.</source>
        <translation>角点 {found} 不能使用：应为图片内的四个角点，从左上角起按顺时针排列。</translation>
    </message>
    <message>
        <source>The zone “{found}” cannot be kept: it is drawn on no reference of this side.</source>
        <translation>分区“{found}”不能保存：它不在此面的任何参考图上。</translation>
    </message>
    <message>
        <source>{found} cannot be kept: a line in the picture and a length above 0 are expected.</source>
        <translation>{found} 不能保存：需要图片内的一条线段和大于 0 的长度。</translation>
    </message>
    <message>
        <source>{found} cannot be kept as threshold: a number is expected, for a side one above 0.</source>
        <translation>{found} 不能保存为阈值：应为数字，单个面的阈值须大于 0。</translation>
    </message>
    <message>
        <source>“{found}” cannot be asked for: there is no such fact.</source>
        <translation>不能要求“{found}”：没有这一项信息。</translation>
    </message>
    <message>
        <source>“{found}” cannot be kept as {field}: it has {size} bytes, and 1 byte to {limit} MB are possible.</source>
        <translation>“{found}”不能保存为{field}：它有 {size} 字节，允许 1 字节至 {limit} MB。</translation>
    </message>
    <message>
        <source>“{found}” is no address of a server: it must be written as postgresql://user@server/database.</source>
        <translation>“{found}”不是服务器地址：应写成 postgresql://user@server/database。</translation>
    </message>
    <message>
        <source>This reference is no longer in the gallery. Read the gallery again.</source>
        <translation>这张参考图已不在图库中。请重新载入图库。</translation>
    </message>
    <message>
        <source>This has been changed in the meantime: {place}. Nothing was done, so that no work of others is lost. Look at it again, then decide anew.</source>
        <translation>此处在此期间已被更改：{place}。未做任何操作，以免丢失他人的工作。请重新查看后再决定。</translation>
    </message>
    <message>
        <source>There is no snapshot “{name}”. Choose one from the list of snapshots.</source>
        <translation>没有名为“{name}”的快照。请从快照列表中选择。</translation>
    </message>
    <message>
        <source>There is a snapshot “{name}” already, and snapshots are never written over. Choose another name.</source>
        <translation>已有名为“{name}”的快照，快照不会被覆盖。请换一个名称。</translation>
    </message>
    <message>
        <source>The snapshot “{name}” is not what was kept: it was changed or damaged in the database. Nothing was restored. Use another snapshot, or a backup of the database.</source>
        <translation>快照“{name}”与保存时不同：它在数据库中被改动或损坏。未恢复任何内容。请使用其他快照，或数据库的备份。</translation>
    </message>
    <message>
        <source>The snapshot “{name}” needs {count} pictures that are no longer in the folder “originals”. Nothing was changed. Bring them back from a backup, then restore again.</source>
        <translation>快照“{name}”需要的 {count} 张图片已不在“originals”文件夹中。未作任何改动。请从备份中找回这些图片，然后再恢复。</translation>
    </message>
    <message>
        <source>“{path}” is a folder, and a gallery is written into one file. Nothing was written. Give the file a name of its own, as in tea.touchstone.</source>
        <translation>“{path}”是文件夹，而图库要写入一个文件。未写入任何内容。请给出文件名，例如 茶叶.touchstone。</translation>
    </message>
    <message>
        <source>“{name}” is no gallery of Touchstone. Nothing was loaded. Choose a file that “gallery export” wrote.</source>
        <translation>“{name}”不是试金石的图库文件。未载入任何内容。请选择由“gallery export”写出的文件。</translation>
    </message>
    <message>
        <source>The gallery file “{name}” was cut off, damaged or changed. Nothing was loaded. Copy it again from where it came from, or have it exported again.</source>
        <translation>图库文件“{name}”不完整、已损坏或被改动。未载入任何内容。请从来源处重新复制，或请对方重新导出。</translation>
    </message>
    <message>
        <source>The seal of “{name}” is {found}, not the one that was told. Nothing was loaded. This is not the file that was sent: ask its sender.</source>
        <translation>“{name}”的封印是 {found}，与告知的不同。未载入任何内容。这不是当初发出的文件，请询问发送人。</translation>
    </message>
    <message>
        <source>A newer Touchstone wrote the gallery file “{name}”. Nothing was loaded. Install the newer Touchstone.</source>
        <translation>图库文件“{name}”由更新版本的试金石写出。未载入任何内容。请安装更新版本的试金石。</translation>
    </message>
    <message>
        <source>This gallery and the file contradict each other in {count} places. Nothing was loaded. Look at them, then load again and say whether yours or theirs counts.</source>
        <translation>本图库与文件有 {count} 处矛盾。未载入任何内容。请查看这些矛盾，再次载入时说明以本图库还是以文件为准。</translation>
    </message>
    <message>
        <source>The folder “{path}” is not there. Make it where the whole team sees it.</source>
        <translation>文件夹“{path}”不存在。请在全组都能看到的位置建立它。</translation>
    </message>
    <message>
        <source>The server {place} does not answer, so nothing was changed. Try again later.</source>
        <translation>服务器 {place} 没有响应，因此未作任何改动。请稍后再试。</translation>
    </message>
    <message>
        <source>This waits for a second person as proposal {number}. The gallery is as before until another person approves it.</source>
        <translation>此改动已作为第 {number} 号提议，等待第二人批准。在他人批准之前，图库保持不变。</translation>
    </message>
    <message>
        <source>“{person}” cannot be the first and the second person. Nothing was changed. Let somebody else decide, under another name.</source>
        <translation>“{person}”不能既是提出人又是批准人。未作任何改动。请由另一人以其本人名义决定。</translation>
    </message>
    <message>
        <source>There is no proposal {number}. Choose one from the list of proposals.</source>
        <translation>没有编号为 {number} 的提议。请从提议列表中选择。</translation>
    </message>
    <message>
        <source>Proposal {number} was decided by “{by}” already. Nothing was changed. Make a new proposal if something is still to be done.</source>
        <translation>提议 {number} 已由“{by}”作出决定。未作任何改动。如仍需改动，请提出新的提议。</translation>
    </message>
    <message>
        <source>Proposal {number} does not fit the gallery any more: {count} things that it changes have been changed since. Nothing was changed. Decline it, and make a new one.</source>
        <translation>提议 {number} 与图库的现状已不相符：它要改的内容中有 {count} 处此后已被改动。未作任何改动。请拒绝它，并提出新的提议。</translation>
    </message>
    <message>
        <source>A stored picture of “{product}”, side “{side}”, is missing. Add the same picture again, or remove the reference.</source>
        <translation>“{product}”的“{side}”有一张存档图片丢失。请重新添加同一图片，或移除该参考图。</translation>
    </message>
    <message>
        <source>A stored picture of “{product}”, side “{side}”, has changed on the disk. Add the same picture again, or remove the reference.</source>
        <translation>“{product}”的“{side}”有一张存档图片在磁盘上被改动。请重新添加同一图片，或移除该参考图。</translation>
    </message>
    <message>
        <source>There is not enough memory. Close other programs and try again.</source>
        <translation>内存不足。请关闭其他程序后再试。</translation>
    </message>
    <message>
        <source>A file or folder cannot be used: {cause}.</source>
        <translation>文件或文件夹无法使用：{cause}。</translation>
    </message>
    <message>
        <source>The folder “{path}” is not reachable any more: the disk or the network connection is away.</source>
        <translation>文件夹“{path}”已无法访问：磁盘或网络连接已断开。</translation>
    </message>
    <message>
        <source>Something went wrong in Touchstone: {cause}.</source>
        <translation>试金石内部出错：{cause}。</translation>
    </message>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} 百万像素</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>有差异</translation>
    </message>
    <message>
        <source>Not in the gallery</source>
        <translation>图库中没有</translation>
    </message>
    <message>
        <source>Too few references</source>
        <translation>参考不足</translation>
    </message>
    <message>
        <source>Every place that could be compared with {side} lies within what genuine items show among themselves.</source>
        <translation>凡能与{side}比对之处，差异都在正品之间的正常范围以内。</translation>
    </message>
    <message>
        <source>Places that differ from {side} by more than genuine items differ among themselves: {count}.</source>
        <translation>与{side}相比，有 {count} 处差异超出正品之间的正常范围。</translation>
    </message>
    <message>
        <source>The photo cannot be judged: {faults}.</source>
        <translation>照片无法用于判断：{faults}。</translation>
    </message>
    <message>
        <source>No reference in the gallery shows the same print as this photo.</source>
        <translation>图库中没有与这张照片印刷内容相同的参考图。</translation>
    </message>
    <message>
        <source>The gallery has no references yet.</source>
        <translation>图库中还没有参考图。</translation>
    </message>
    <message>
        <source>The gallery has {found} references of {side}; {needed} are needed to know how far genuine items differ.</source>
        <translation>图库中{side}只有 {found} 张参考图；至少需要 {needed} 张，才能知道正品之间的差异有多大。</translation>
    </message>
    <message>
        <source>Only {found} % of {side} is in the photo; {needed} % is needed.</source>
        <translation>照片中只有{side}的 {found}%；至少需要 {needed}%。</translation>
    </message>
    <message>
        <source>Laid on {side}, matching points miss each other by {found} pixels; at most {needed} is allowed.</source>
        <translation>与{side}叠合后，匹配点相差 {found} 像素；最多允许 {needed} 像素。</translation>
    </message>
    <message>
        <source>Only {found} % of {side} can be seen clearly; {needed} % is needed. The rest is glare, blur or covered.</source>
        <translation>{side}只有 {found}% 清晰可见；至少需要 {needed}%。其余部分反光、模糊或被遮挡。</translation>
    </message>
    <message>
        <source>Some references of {side} agree with the photo, others differ from it.</source>
        <translation>{side}的参考图中，有的与照片一致，有的与照片不同。</translation>
    </message>
    <message>
        <source>More than one product of the gallery stands in the photo, {side} among them.</source>
        <translation>照片中有图库里的多个产品，其中包括{side}。</translation>
    </message>
    <message>
        <source>Look at the weakest places, then decide.</source>
        <translation>查看差异相对最大的几处，再作判断。</translation>
    </message>
    <message>
        <source>Go through the numbered regions one by one, then decide.</source>
        <translation>逐一查看编号区域，再作判断。</translation>
    </message>
    <message>
        <source>Take the photo again.</source>
        <translation>请重新拍摄。</translation>
    </message>
    <message>
        <source>Add photos of genuine items to the gallery first.</source>
        <translation>请先向图库添加正品照片。</translation>
    </message>
    <message>
        <source>Add references of this side; until then, compare the two pictures by eye.</source>
        <translation>请补充该拍摄面的参考图；在此之前，请用肉眼比较两张图片。</translation>
    </message>
    <message>
        <source>Take the photo again straight on, with the whole side sharp and in the picture; or align it by hand in the window.</source>
        <translation>请正对着重拍，让整面清晰、完整地入镜；也可以在窗口中手动对齐。</translation>
    </message>
    <message>
        <source>Take the photo again with the whole side in the picture.</source>
        <translation>请重新拍摄，让整个面都在画面内。</translation>
    </message>
    <message>
        <source>Turn the item away from the lamp, uncover it, and take the photo again.</source>
        <translation>请让物品避开灯光、去除遮挡，再重新拍摄。</translation>
    </message>
    <message>
        <source>Ask a second examiner, and check the references of this side.</source>
        <translation>请第二位检验员复核，并检查该拍摄面的参考图。</translation>
    </message>
    <message>
        <source>Photo unfit</source>
        <translation>照片不合格</translation>
    </message>
    <message>
        <source>Cannot align</source>
        <translation>无法对齐</translation>
    </message>
    <message>
        <source>Mixed results</source>
        <translation>结果矛盾</translation>
    </message>
    <message>
        <source>Laid on {side}, only {found} matching points agree; {needed} are needed.</source>
        <translation>与{side}对齐时，只有 {found} 个匹配点一致，至少需要 {needed} 个。</translation>
    </message>
    <message>
        <source>Only {found} % of {zone} of {side} can be seen clearly; {needed} % is needed.</source>
        <translation>{side}的{zone}只有 {found} % 能看清，需要 {needed} %。</translation>
    </message>
    <message>
        <source>Nothing can be said of {zone} of {side}: the reference it was drawn on is gone, or it lies at the very edge.</source>
        <translation>无法判断{side}的{zone}：绘制该分区所用的参考图已不在，或该分区紧贴边缘。</translation>
    </message>
    <message>
        <source>Say yourself which product and side it is, or send the photo to whoever keeps the gallery.</source>
        <translation>请自己指定产品和拍摄面，或把照片发给图库管理人。</translation>
    </message>
    <message>
        <source>Lay the item flat and take the photo again straight on.</source>
        <translation>请把物品放平，正对着重拍。</translation>
    </message>
    <message>
        <source>Photograph one item alone, or cut the photo to it and add that.</source>
        <translation>请只拍一件物品，或把照片裁剪到这件物品后再添加。</translation>
    </message>
    <message>
        <source>Uncover that part of the item, keep the lamp&apos;s shine off it, and take the photo again.</source>
        <translation>露出物品的这一部分，避免灯光反射，然后重新拍照。</translation>
    </message>
    <message>
        <source>Draw the zone again on a reference of this side, in the gallery.</source>
        <translation>请在图库中，在此面的参考图上重新绘制该分区。</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>glare</source>
        <translation>反光</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>过暗</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>过亮</translation>
    </message>
    <message>
        <source>too few pixels on the item</source>
        <translation>物品所占像素太少</translation>
    </message>
    <message>
        <source>Rest the camera on something, tap the item to focus, and take the photo again.</source>
        <translation>请将相机支稳，点按物品对焦，再重新拍摄。</translation>
    </message>
    <message>
        <source>Turn the item or the lamp until the shine is gone; switch the flash off.</source>
        <translation>请转动物品或灯光，直到反光消失；并关闭闪光灯。</translation>
    </message>
    <message>
        <source>Put more light on the item, from two sides if possible.</source>
        <translation>请增加照明，最好从两侧打光。</translation>
    </message>
    <message>
        <source>Lower the exposure, or move the item out of direct light.</source>
        <translation>请降低曝光，或让物品避开直射光。</translation>
    </message>
    <message>
        <source>Go closer until the item fills the picture, at the camera&apos;s full resolution.</source>
        <translation>请靠近拍摄，让物品充满画面，并使用相机的最高分辨率。</translation>
    </message>
    <message>
        <source>Turned upright as the file says.</source>
        <translation>已按文件中的方向信息转正。</translation>
    </message>
    <message>
        <source>Colour profile applied.</source>
        <translation>已应用颜色配置文件。</translation>
    </message>
    <message>
        <source>The colour profile cannot be used; colours may be off.</source>
        <translation>颜色配置文件无法使用；颜色可能有偏差。</translation>
    </message>
    <message>
        <source>Ink colours (CMYK) converted; colours may be off.</source>
        <translation>已转换油墨色（CMYK）；颜色可能有偏差。</translation>
    </message>
    <message>
        <source>Transparent parts are shown on white.</source>
        <translation>透明部分以白色为底显示。</translation>
    </message>
    <message>
        <source>The whole picture is transparent.</source>
        <translation>整张图片都是透明的。</translation>
    </message>
    <message>
        <source>More than 8 bits a colour, scaled to 8.</source>
        <translation>每种颜色超过 8 位，已换算为 8 位。</translation>
    </message>
    <message>
        <source>The values use a small part of their range; the picture may look flat.</source>
        <translation>数值只占取值范围的一小部分；画面可能显得平淡。</translation>
    </message>
    <message>
        <source>Only the first of several pages is used.</source>
        <translation>文件有多页，只使用第一页。</translation>
    </message>
    <message>
        <source>The ending of the file name does not fit what the file holds.</source>
        <translation>文件扩展名与实际格式不符。</translation>
    </message>
    <message>
        <source>The file is damaged; part of it is missing.</source>
        <translation>文件已损坏，缺少一部分。</translation>
    </message>
    <message>
        <source>Read at a reduced size.</source>
        <translation>已按缩小的尺寸读取。</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Fine features</source>
        <translation>细部特征</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Place and shape</source>
        <translation>位置与形状</translation>
    </message>
    <message>
        <source>Learned comparison</source>
        <translation>学习比对</translation>
    </message>
    <message>
        <source>must match</source>
        <translation>必须一致</translation>
    </message>
    <message>
        <source>variable</source>
        <translation>可变</translation>
    </message>
    <message>
        <source>the must-match zone “{label}”</source>
        <translation>必须一致区“{label}”</translation>
    </message>
    <message>
        <source>the variable zone “{label}”</source>
        <translation>可变区“{label}”</translation>
    </message>
    <message>
        <source>a must-match zone</source>
        <translation>一个必须一致区</translation>
    </message>
    <message>
        <source>a variable zone</source>
        <translation>一个可变区</translation>
    </message>
    <message>
        <source>Choose another file, or take the photo again.</source>
        <translation>请另选文件，或重新拍摄。</translation>
    </message>
    <message>
        <source>“{product}”, side “{side}”</source>
        <translation>“{product}”的“{side}”</translation>
    </message>
    <message>
        <source>“{product}”</source>
        <translation>“{product}”</translation>
    </message>
    <message>
        <source>the reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>A part lies elsewhere than on the reference, as it does among genuine items; it was compared in its own place.</source>
        <translation>有一个部分的位置与参考图不同（正品之间也是如此）；已在其自身位置上比对。</translation>
    </message>
    <message>
        <source>Aligned by hand with {count} pins.</source>
        <translation>用 {count} 个定位点手动对齐。</translation>
    </message>
    <message>
        <source>Aligned by hand with {count} pins, made exact by {matches} matching points. Error: {error} px.</source>
        <translation>用 {count} 个定位点手动对齐，并由 {matches} 个匹配点精确校正。误差：{error} 像素。</translation>
    </message>
    <message>
        <source>Aligned by hand with {count} pins. Error: {error} px.</source>
        <translation>用 {count} 个定位点手动对齐。误差：{error} 像素。</translation>
    </message>
    <message>
        <source>The photo laid on the reference shows it where the reference has it: seams around it come from that, and where it really lies is hatched. “As taken” shows the photo itself.</source>
        <translation>对齐后的照片已把该部分移到参考图上的位置：其周围的接缝由此而来，它实际所在之处以斜线标出。点“原样”可查看照片本身。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the words of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Real difference</source>
        <translation>真实差异</translation>
    </message>
    <message>
        <source>Lighting</source>
        <translation>光照</translation>
    </message>
    <message>
        <source>Wear</source>
        <translation>磨损</translation>
    </message>
    <message>
        <source>Genuine variation</source>
        <translation>正品差异</translation>
    </message>
    <message>
        <source>Cannot see</source>
        <translation>看不清</translation>
    </message>
    <message>
        <source>The folder “{path}” is not reachable. Nothing in it was judged. Check the disk or network connection, then scan again.</source>
        <translation>无法访问文件夹“{path}”，其中的照片均未检查。请检查磁盘或网络连接，然后重新扫描。</translation>
    </message>
</context>
</TS>
