"""The point of no return as a frontier: which amount, sold how fast, is too much.

`model.md` section 3: pi is the smallest chance, over declared policies without outright
purchases, that S > b at a close within 20 business days of the last sale, or that a path breaks
by then; the frontier is pi = 10 %. Every path has its own critical value, found by a search on
common shocks; their distribution is the whole curve at once.
"""
