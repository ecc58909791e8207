"""What leaves the program for other people and other programs: JSON documents and pictures."""
