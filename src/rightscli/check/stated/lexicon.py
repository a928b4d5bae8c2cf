"""General English that the judge of statements knows of itself: common bodies, synonyms, opposites.

Nothing here comes from one base: what a base calls its own people, places and bodies is read from its facts and topics.
"""

from __future__ import annotations

BODIES = """
General Assembly,UNGA|Security Council,UNSC|Human Rights Council,HRC,UNHRC|Human Rights Committee
Economic and Social Council,ECOSOC|International Criminal Court,ICC|International Court of Justice,ICJ|World Court
UN refugee agency,UNHCR,High Commissioner for Refugees,refugee agency
High Commissioner for Human Rights,OHCHR,Office of the High Commissioner for Human Rights,UN human rights office
High Commissioner for Human Rights,UN human rights chief,human rights chief,UN rights chief,UN rights office,High Commissioner
High Commissioner for Human Rights,Office of the UN High Commissioner for Human Rights,human rights office
International Labour Organization,ILO|World Health Organization,WHO|World Food Programme,WFP
International Monetary Fund,IMF|World Bank|World Trade Organization,WTO|European Union,EU|European Commission
European Parliament|European Court of Human Rights|Council of Europe|African Union|Arab League|ASEAN|NATO|OECD|OSCE
International Atomic Energy Agency,IAEA|Red Cross,ICRC|Amnesty International|Human Rights Watch,HRW
UNICEF|UNESCO|UNDP|UNODC|UN Women|International Organization for Migration,IOM|Interpol|Freedom House
State Department,Department of State|Treasury Department,Treasury,Department of the Treasury
Defense Department,Department of Defense,Pentagon|Justice Department,Department of Justice
Commerce Department,Department of Commerce|Congress|Supreme Court|Parliament
United Nations,UN,U.N.
"""
"""Names of one body, the first for all."""

BODY_WORDS = frozenset(
    "academy accord act administration agency alliance army assembly association authority bank board bureau cabinet"
    " chamber charter coalition college commission commissioner committee company conference congress convention council"
    " court covenant declaration department directorate federation forces foundation front fund group inspectorate"
    " institute league ministry mission movement network office ombudsman organization organisation panel parliament party"
    " police programme program protocol rapporteur secretariat senate service society treaty tribunal union university"
    " watch review law".split()
)
"""Words that make a run of capitals the name of a body, or of what binds like one."""

TITLES = frozenset(
    "president prime minister chairman chairwoman chancellor king queen prince princess general mr mrs ms dr professor"
    " leader secretary senator judge justice captain sir deputy vice foreign ambassador governor mayor premier emperor"
    " pope comrade marshal colonel special state former supreme envoy rapporteur".split()
)
CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

STOP_WORDS = frozenset(
    "a about above across after again all almost along already also although am among an and another any anything are around as"
    " at back be became because become becomes been before being below beside besides between both but by call called can case"
    " cases certain could did do does doing done down during each early either else even ever every everyone for from further get"
    " gets getting give given gave go goes going gone got had has have having he her here him his how however i if in indeed"
    " into is it its itself just largely latter least less let like likewise made mainly make makes making many may me might more"
    " most much must my near nearly no none nor not now of off often old on once one only onto or other others our out over own"
    " per perhaps put rather said same saw say saying says see seem several shall she should since so some something sometimes"
    " still such take taken takes taking than that the their them themselves then there therefore these they this those though"
    " through throughout thus time times to today together told too took toward towards twice under until up upon used very via"
    " was way we well went were what when where whether which while who whom whose why will with within without would year"
    " years month months day days yet you your mr mrs ms according accord report reported reportedly reports say state states"
    " describe described include includes included including came come comes kind sort number long current currently world's"
    " never neither nobody nothing longer need needs ago later per fewer half exactly mere merely nor total altogether"
    " barely scarcely whole hundred thousand million note notes noted someone somebody anyone anybody everybody namely main chiefly part parts various certain thing things apiece whatever actually simply never quite hardly".split()
)

SYNONYMS = """
arrive reach make enter get come|trip travel journey travelling|start begin launch embark initiate open commence
meet summit encounter meeting|meet sit|work labor toil job employ|worker employee labourer staff workforce
pay compensate salary wage remunerate|crime criminal offence felony criminalise
country nation land homeland nationwide
government authority regime administration state|ruler leader head lead rule run
punish penalty penalise punishment sanctioned
prison jail gaol imprisonment imprison|execute execution kill|fear fearful afraid terror|jam block disrupt interfere
phone telephone mobile cellphone handset|escape flee defect abscond defector escapee|return repatriate back
kidnap abduct seize abduction abductee|increase rise grow climb surge|influence sway clout influential
big large great major
trade trading commerce commercial|energy fuel|partner counterpart|report study document|publish release issue
adopt pass|condemn denounce deplore condemnatory condemnation|stress emphasise underline highlight emphasis
recommend urge advise recommendation|refer referral|conclude find conclusion finding determine
gather collect compile amass assemble
abuse violation mistreat violate abusive|prosecute try trial prosecution|ensure guarantee|consider regard deem treat view|woman female girl|man male
child minor kid|disability disabled|official officer functionary|senior top high-ranking ranking|demand insist call
citizen national resident|join accede member membership belong|treaty convention covenant|ratify ratification
obligation duty responsibility commitment|review assess examine scrutinise|peer fellow|assign allocate allot
choose choice pick select|bribe bribery backhander|corruption corrupt graft|pervasive widespread rampant rife endemic
skip miss absent absence
camp|train training|brigade|paramilitary|build building construction construct infrastructure|cold winter
cloth clothing clothes
dangerous hazardous unsafe perilous risky|class category group stratum|hostile|waver|loyal loyalty
discriminate discrimination
school schooling education educate|home residence housing reside residential|rape|slave slavery enslavement enslave
marry marriage|traffic trafficker trafficking|broker middleman|expose exposure|stereotype stereotyped|endorse approve
harass harassment|assault attack|justice|fund finance bankroll financing|investigate investigation probe inquiry
research study|assist help aid support|withdraw remove|co-sponsor cosponsor sponsor|annual yearly annually
public publicly|policy|clear|impromptu spontaneous improvised unplanned|nuclear atomic
weapon arm arms|proliferation|talk discuss discussion negotiate negotiation conversation|agenda
schedule plan set due slate
effect force|censor censorship|threat threaten menace|dissent dissident opposition|ban prohibit forbid outlaw
independent free|media press newspaper outlet|union|freedom liberty free|basic fundamental|deny refuse
restrict curb limit constrain restriction clamp|tight strict stringent severe|communicate communication contact
world earth globe|outside outer foreign abroad external overseas|jam signal|border frontier|networks network group helper
check inspect inspection control|road route highway|random spot|electronic digital|identity id
technology technological
search track hunt trace|send deport expel|police|systematic systematically|majority most bulk
require oblige compel force forced make|dynasty family|third|threat threaten|obey obedience obedient submissive
economy economic|sustain prop uphold maintain|sail vessel ship boat|harbor port|fish fishery fishing
deckhand crew seaman sailor
die death dead perish life|quota|cut lower reduce slash|landing catch land|ton tonne|earn make
hire recruit recruiter recruitment
strike walkout|hold detain detention custody arrest|vote ballot|suspend suspension|observer monitor
secret secrecy confidential|founder foundation|wish want intend
illegal unlawful illicit|law legislation statute|evidence proof|progress improvement improve advance
ignore flout disregard neglect
charge accuse accusation indict|murder homicide|serious grave gross egregious severe|room leeway scope space
maneuver manoeuvre
certain certainty sure|await face|prevent stop keep|fisherman fishermen|flee escape|victim|survive survival living
enterprise company firm business|town city urban|countryside rural|sexual sex|deploy send|test verify confirm
lack shortage want absence|speech expression|faith religion religious belief worship|gather assembly|food nutrition
hygiene sanitation
water|movement move mobility|cooperate cooperation collaborate work|engage engagement involve participate
diplomacy diplomatic
"""
"""Groups of words that stand for each other often enough; a word of several groups belongs to the first."""

AGENTS = """
army military soldiers troops|party|police|government authorities regime administration state|parliament legislature
court courts judge judges judiciary|church churches|company companies enterprise enterprises firm firms businesses
union unions|opposition|rebels militia militias|families relatives parents|volunteers
"""
"""Who may do a thing, in small letters, those of one group for each other."""

OPPOSITES = """
allow permit permission let tolerate legal lawful legalise grant ~ ban prohibit forbid forbidden outlaw bar disallow illegal
accept agree approve embrace consent ~ reject refuse decline rebuff spurn
add join enter accede belong put ~ withdraw remove off quit delist
continue still remain persist maintain ~ stop cease halt discontinue abandon end terminate scrap
increase rise grow climb surge more expand higher ~ decrease fall drop reduce shrink dwindle less fewer lower decline
raise mention speak ~ silent quiet
public publicly openly publish release disclose publicize publicise reveal ~ secret secretly privately private withhold conceal hide suppress
most many majority plenty ample abundant widespread pervasive bulk numerous ~ few minority rare handful scarce
large largest biggest big greatest main principal ~ small smallest least tiny
support back favor favour endorse ~ oppose resist criticize condemn
forced force compel oblige coerce compulsory obligatory mandatory ~ voluntary voluntarily optional
paid compensated ~ unpaid uncompensated
safe ~ dangerous unsafe hazardous
guilty ~ innocent
married ~ unmarried single
deny dispute ~ acknowledge admit concede recognise recognize
strong tight tightly strict strictly ~ loose loosely lax weak
create establish set ~ dissolve abolish disband
high ~ low
start begin ~ finish complete
tighten ~ ease relax loosen
succeed ~ fail
"""
"""Words for one thing ~ words for its opposite."""

NEGATORS = frozenset(
    "not cannot never no none neither nor nobody nothing without lack lacks lacked lacking fail fails failed failing failure"
    " hardly barely scarcely seldom rarely outside little ignore ignores ignored ignoring neglect neglects neglected disregard"
    " disregards disregarded disregarding flout flouts flouted flouting breach violate violates shirk shirks suppress suppresses"
    " suppressed stifle stifles silence silences silenced muzzle muzzles crush crushes quash prevent prevents prevented"
    " preventing refuse refuses refused refusing refusal reject rejects rejected rejecting rejection decline declines declined"
    " deny denies denied denying denial ban bans banned banning prohibit prohibits prohibited prohibiting forbid forbids"
    " forbidden forbidding outlaw outlaws outlawed bar bars barred barring disallow disallows disallowed stop stops stopped"
    " stopping cease ceases ceased ceasing halt halts halted block blocks blocked jam jams jammed jamming disrupt disrupts disrupted deprive deprives deprived ease eases eased"
    " easing relaxed relax relaxes loosened abandon abandoned unable scant scarce restrict restricts restricted restriction"
    " restrictions limited limiting curbed curbing curtail curtails curtailed silent quiet unwilling unlikely improbable doubtful lifted abolished".split()
)
"""Words that turn what follows them, or what they are said of, into its contrary."""
PASSIVE_NEGATORS = frozenset(
    "refused rejected denied banned prohibited forbidden outlawed barred disallowed stopped halted blocked prevented ignored"
    " limited curbed curtailed jammed disrupted neglected suppressed stifled silenced restricted lacking absent eased relaxed lifted abandoned declined illegal"
    " scant scarce forbidden flouted disregarded muzzled abolished".split()
)
"""Negators that follow what they turn: ``dissent is banned``."""
BE_WORDS = frozenset("is are was were be been being remain remains remained gets get got".split())
CLAUSE_WORDS = frozenset("but because although though while whereas until since unless".split())

PHRASES = {
    tuple(phrase.split()): word
    for phrase, _, word in (
        pair.partition(": ")
        for pair in (
            "in force: effect|into force: effect|made it: arrived|make it: arrive|makes it: arrives|set up: establish"
            "|turned down: rejected|turns down: rejects|turn down: reject|turning down: rejecting|pulled out: withdrew|pulls out: withdraws|pull out: withdraw"
            "|sent back: returned|send back: return|sends back: returns|sending back: returning|sat down: met|sits down: meets"
            "|signed up: joined|gave up: abandoned|took part: participated|takes part: participates|take part: participate"
            "|carry out: implement|carried out: implemented|carries out: implements|called off: cancelled|stay away: skip|stays away: skips|stayed away: skipped|staying away: skipping|paid out: paid"
        ).split("|")
    )
}
"""Two words that stand for one; the word is told where the second of them stands, and the first tells nothing."""
