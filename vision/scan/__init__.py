"""Folder scan: every photo below some folders, judged one after another while the answers stream.

beside.py       names of what lies beside photos and is none
files.py        what lies below the folders, and what is left aside
contents.py     a file opened once: its bytes and hash, or why they are no photo
answers.py      what is said of each file
control.py      pause, stop, and how far a scan is
imprint.py      a small grey picture of a photo, to know it again
same_photos.py  which photos are one photo, saved again
trial.py        a picture that may have brought an earlier run down, tried apart
channel.py      a bounded queue between threads
workers.py      the threads: one lists, one reads ahead, some judge
engine.py       the front door: `scan`
"""
