"""The pages, one file each; every view is a function of its address."""
