"""The numbers of ranking and silence, each once: its unit or range, what it means, and where it comes from.

*Points* are what a group of words weighs in a fact: at most 255 for what a fact says itself, which is what an index keeps of a
word and fact. A *share* is a part of the query, from 0 to 1, by the rarity of its words. Unless another source is named, a
number was set by hand and kept because no other did better on the graded queries; ``benchmarks/quality.py QUERIES --worth``
prints what happens to them with each number lower and higher. A change of the first block needs a new index, and gets one.
"""

from __future__ import annotations

# Fields of a fact, and what a word weighs in each.

CLAIM, TERM, ANCHOR, DATE, ID = 1, 2, 4, 8, 16
"""Bits: the claim and its speaker; the look-up terms; the anchors, words of the passage; the words of the date, and of the id."""
FIELDS = ((CLAIM, "claim"), (DATE, "date"), (ANCHOR, "passage"), (TERM, "terms"), (ID, "id"))
"""Their names in JSON; a word in several goes by the first of them."""
CLAIM_WEIGHT = 48
"""Points of a word in a claim of usual length; twice that in the shortest, ever less in longer ones."""
USUAL_CLAIM = 20
"""Words: the length of a usual claim, the median of the bundled base."""
TERM_WEIGHT = 32
"""Points of a word in a term, an anchor or the id, beside those of the claim."""
DATE_WEIGHT = 16
"""Points of a word of the date that stands in no other field."""

LABEL, ALT, HIDDEN = 0, 1, 2
"""Ranks of a topic's names: its label, another label, a hidden label (SKOS)."""
LABEL_WEIGHTS = (32.0, 16.0, 14.0)
"""Points by rank: of a word that names a topic of the fact, beside those of the fact's own words."""
SECTION_WEIGHT = 8.0
"""Points of a word in the title of the source, or the name of the section, that a fact rests on."""
PASSAGE_WEIGHT = 6.0
"""Points of a word of the passage that a fact rests on, by an attached copy; beside those of the fact's own words."""
MOST_PASSAGES = 20
"""How many passages a word of a copy may be in, or a third of them (``HOME_SHARE``), to find facts by."""

# How a word matched.

TIERS = ("exact", "variant", "stem", "prefix", "typo", "synonym", "related")
"""How a query word, or a whole hit, matched; the best first."""
STRICT_TIERS = TIERS[:2]
"""Those that make no guess."""
LABEL_TIERS = ("exact", "variant", "variant")
"""The best tier by which a topic's name can match, by its rank."""
TIER_WEIGHTS = {"exact": 1.0, "variant": 0.95, "stem": 0.75, "prefix": 0.7, "typo": 0.6, "synonym": 0.6, "related": 0.3}
"""Factors of the points, by tier; of a synonym's also how near it is in meaning."""
STEM_BESIDE = 0.5
"""Factor of a stem's points where the base has the word itself: *university* is not *universal*."""
SHORTEST_PREFIX = 3
"""Letters that a word typed half must have; also each half of two words typed as one."""
SURE_PREFIX = 5
"""Letters from which on a word among others may be one typed half: a shorter one is rather a word of its own, unless a fact says
what it begins beside what the words beside it begin."""
MOST_BEGUN = 30
"""How many words that begin alike are looked at beside another, those in most facts first."""
MOST_READ = 200
"""How many facts are read for them."""
SHORTEST_NAME = 5
"""Letters that another name of a place must have to be looked for where the base lacks the one that is asked for."""
LONGEST_UNIT = 6
"""Words of a query that are looked for together as one name of a topic."""
LONGEST_JOINED = 40
"""Letters of a word that is looked at as two typed as one; no pair of English words is longer."""
MOST_WORDS = 300
"""Words of a query that are looked at: more than any claim or title has. The user is told of those left out."""

# What a fact is worth: the sum of its points times their groups' rarities, times the share of the query that it holds.

GENERIC_FACTOR = 0.5
"""Factor of the rarity of words that questions are made of (see ``stopwords``)."""
UNIT_BONUS = 32.0
"""Points of several words that are one, where the fact says all of them and is on the topic that goes by them."""
PART = 0.3
"""Factor of the points, and of the share, where a fact says only some of several words that are one."""
PHRASE_BONUS = 0.5
"""What a fact gains, as a part of its score, that holds all pairs of neighbouring query words side by side."""
BESIDE = 0.25
"""What a fact gains, of the score of one of the ``BEST_FACTS`` that rests on a passage of its own."""
OWN_ID_FACTOR = 2
"""How many times the best other score the fact gets whose own id is the query: more than a phrase can gain."""

# What is too little to be shown: shares that make an answer.

UNKNOWN_FACTS = 0.5
"""Facts that a word which the base lacks is taken to be in, so that it is rarer than any that it has."""
NAME_COUNT = 1.25
"""How many unknown words an unknown name counts for: what is asked of someone whom the base lacks is not in it."""
LESSER = 0.35
"""How many unknown words an unknown one counts for that is everyday English and no noun (*removed*, *biggest*); also the factor
of a known word that is no noun and stands in other facts alone."""
TELLING = 1.75
"""How many words a word counts for that a fact holds and that is everyday English and no noun, or that questions are made of."""
TRUST = {"prefix": 0.8, "typo": 0.6, "synonym": 0.85, "far typo": 0.4}
"""How much of a word's rarity counts as known where its match may be a wrong guess, by tier; of a synonym also how near it is."""
TRUST_TOGETHER = 0.85
"""The same of a misspelt word in a fact that has another misspelt word of the query."""
PASSAGE_TRUST = 0.9
"""The same of a word that stands in the passage alone: it may be said of what the fact does not say."""
FAR_TYPO = 8
"""Letters from which on a misspelling may be two slips away (see ``text.slips``), and is trusted less."""
SHARED_AT_LEAST = 0.53
"""The share of a query that one of the best facts must hold: words that stand each in another fact say nothing together."""
TOGETHER_AT_LEAST = 0.61
"""The same of a query with unknown words, in a base whose facts have ``RICH_FACT`` words, or with words of passages alone."""
HELD_AT_LEAST = 0.45
"""The share that is enough where it weighs ``MUCH``, in a base whose facts have no more than ``PLAIN_FACT`` words."""
MUCH = 5.0
"""What several rare words weigh together, by their rarity (the logarithm of one in how many facts has each)."""
PLAIN_FACT, RICH_FACT = 30, 60
"""Words that a fact has, with its terms and anchors, in a base that any curator writes, and in one with forty terms a fact.

Of more words more are in any query by chance; between the two, what must be held lies between.
"""
BEST_FACTS = 3
"""How many of the best facts silence looks at."""
HOME_SHARE = 1 / 3
"""The share of a base's facts that name the country which the base is about; no other country is in so many."""
NEAREST_TOPICS = 3
"""How many topics are named where the answer is silence."""
