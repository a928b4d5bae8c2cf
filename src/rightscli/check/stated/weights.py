"""The numbers that the judge of statements goes by, each with its meaning."""

from __future__ import annotations

GATE = 0.5
"""What the roots that a sentence shares with a fact must weigh together for the two to be compared."""
GATE_SHARE = 0.25
"""What share of the sentence's weight this must be."""
RIVAL = 0.5
"""How much of what the likeliest fact shares with a sentence another must share."""
MOST_COMPARED = 5
"""How many facts, the likeliest, a sentence is compared with, beside those that it cites."""
NEAR = 0.3
"""The score below which a fact is not near."""
CITED_BONUS = 0.1
"""What a fact of the passage that is cited gains in score."""
FRAME = 0.2
"""What a word of any report (*government, continue, country*) weighs beside others of its rarity."""
COVERED = 0.85
"""How far a word is borne out by another that means the same, or a kind of it."""
SUPPORTED = 0.65
"""The score of a fact that bears a sentence out."""
PIECES = 3
"""How many words, names, figures and dates of such a fact a sentence must say as the fact does."""
PIECES_SHARE = 1 / 3
"""The share of a short fact's that is enough."""
FEWEST_PIECES = 2
"""How many of them a sentence must say, at least, that contradicts a fact in a figure, a date or a name."""
EXPLAINED = 0.5
"""How much of a sentence it must tell."""
BESIDE = 0.35
"""The score of a fact of the same passage that bears out a part."""
RESTATED = 0.45
"""The score from which on a sentence restates a fact, if with more."""
COVER = 0.45
"""How much of a fact a sentence must tell to restate it."""
DIFFERS = 0.55
"""The score of a fact that a sentence contradicts."""
TOLD = 0.7
"""How much of a sentence a fact must tell for it to be about that, however little it tells of the rest of the fact."""
TOLD_DIFFERS = 0.5
"""The score of such a fact that the sentence contradicts."""
TOLD_COVER = 0.35
"""How much of it a sentence must tell that is stronger than it: *everyone* may be said of others."""
OWN_WORDS = 0.5
"""The share of a sentence's words that a fact has in its claim, anchors, terms or topics, for a denial in it to be told: in
other words it may deny alike."""
TERM_COVER = 0.5
CITED_COVER = 0.3
CITED_DIFFERS = 0.45
"""The same, of a fact of the passage that is cited."""
SHORT = 0.25
"""How much of a fact a sentence must tell that says nothing else, to contradict it."""
CONFLICTS = 0.1
"""What a fact that the sentence contradicts comes behind others."""
ELSEWHERE = 0.2
"""How much more of a fact elsewhere a sentence must tell than of any in the passage that it cites."""
SAME_EVENT = 0.6
"""How much of a sentence a fact must tell that has another name in it, or it speaks of somebody else."""
APART = 0.4
"""How much of what tells a fact from a likelier one a sentence must say, to contradict it."""
EXCUSED = 0.25
"""How much of it, for another fact to excuse a body or a country that one contradicts."""
SAME_TIME = 0.8
"""How much of a sentence a fact must tell, for another date to be a wrong one and not that of another event."""
TELLING = 0.4
"""How much, at least, that must weigh: one rare word, or two common ones."""
WHOLE = 0.9
"""How much of each other a sentence and a fact must tell to be the same."""
LEAST_LEFT = 0.3
"""The share of a fact, without the clues that differ, that a sentence is held against at least."""
HINGE = 0.2
"""What a word must weigh for a negation, or a contrast, to hang on it."""
DENIED = 2
"""How many words or names at least of what a fact denies a sentence says that denies nothing."""
SLOT = 0.6
"""How much of a sentence a fact must tell for another noun in the place of one of its own to be told."""
SLOT_NEAR = 0.5
"""How near in meaning that noun may be, by ``search/synonyms.txt``, for it to be the same in another word."""
