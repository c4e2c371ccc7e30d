"""The kinds of rule a claims file can name: each a declared form and one pure judgement."""
