"""The numbers that ranking and silence go by."""

from __future__ import annotations

TIERS = ("exact", "variant", "stem", "prefix", "typo", "related")
"""How a query word, or a whole hit, matched; the best first."""
STRICT_TIERS = TIERS[:2]
TIER_WEIGHTS = {"exact": 1.0, "variant": 0.95, "stem": 0.75, "prefix": 0.7, "typo": 0.6, "related": 0.3}
FIELDS = ((1, "claim"), (8, "date"), (4, "passage"), (2, "terms"))
TOPIC_WEIGHTS = (32.0, 16.0, 14.0)
"""What a topic's label, other label and hidden label weigh, beside what the index says a field weighs."""
SECTION_WEIGHT = 8.0
UNIT_BONUS = 32.0
MOST_CANDIDATES = 320
LONGEST_LIST = 1 << 15
"""How many facts of a word an index keeps, and of a topic a word can find that names it; a filter has no such bound."""
LABEL_TIERS = ("exact", "variant", "variant")
SHORTEST_PREFIX = 3
STEM_BESIDE = 0.5
SURE_PREFIX = 5
GENERIC_FACTOR = 0.5
PART = 0.3
MOST_PREFIXED = 40
LONGEST_UNIT = 6
LONGEST_JOINED = 40
MOST_COMPARED = 60
MOST_SECTIONS = 200
TRUST = {"prefix": 0.8, "typo": 0.6, "far typo": 0.4}
"""How much of a word's rarity counts as known where its match may be a wrong guess."""
