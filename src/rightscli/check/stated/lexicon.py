"""General English that the judge of statements knows of itself: common bodies, synonyms, opposites.

Nothing here comes from one base: what a base calls its own people, places and bodies is read from its facts and topics.
"""

from __future__ import annotations

from rightscli.text.dates import MONTHS, SHORT_MONTHS

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
CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday".split()).union(MONTHS, SHORT_MONTHS)

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

AGENTS = """
army military soldiers troops|party|police|government authorities regime administration state|parliament legislature
court courts judge judges judiciary|church churches|company companies enterprise enterprises firm firms businesses
union unions|opposition|rebels militia militias|families relatives parents|volunteers
"""
"""Who may do a thing, in small letters, those of one group for each other."""

OPPOSITES = """
allow permit permission let tolerate legal lawful legalise grant authorise sanctioned ~ ban prohibit forbid forbidden outlaw bar disallow illegal unlawful veto
accept agree approve embrace consent welcome ~ reject refuse decline rebuff spurn veto
above exceed exceeds exceeded surpass surpasses surpassed outnumber outnumbers outnumbered ~ below beneath
add join enter accede belong put ~ withdraw remove off quit delist
continue still remain persist maintain ~ stop cease halt discontinue abandon end terminate scrap
increase rise grow climb surge more expand higher soar double triple ~ decrease fall drop reduce shrink dwindle less fewer lower decline halve plunge plummet diminish
raise mention speak ~ silent quiet
public publicly openly publish release disclose publicize publicise reveal ~ secret secretly privately private withhold conceal hide suppress covertly
most many majority plenty ample abundant widespread pervasive bulk numerous rampant ~ few rare scarce sporadic
large largest biggest big greatest main principal ~ small smallest least tiny negligible
support back favor favour endorse uphold defend ~ oppose resist criticize condemn disavow denounce
forced force compel oblige coerce compulsory obligatory mandatory ~ voluntary voluntarily optional willingly
paid compensated remunerated ~ unpaid uncompensated unremunerated
safe harmless ~ dangerous unsafe hazardous perilous
guilty convicted ~ innocent acquitted exonerated
married ~ unmarried single
deny dispute contest ~ acknowledge admit concede recognise recognize confess
strong tight tightly strict strictly ~ loose loosely lax weak
create establish set ~ dissolve abolish disband dismantle
high ~ low
start begin ~ finish complete
tighten restrict ~ ease relax loosen lift
succeed success ~ fail failure
easy easier easily simple ~ difficult harder hard hardly difficulty
protect safeguard shield ~ endanger expose harm
include comprise encompass ~ exclude omit exempt
win ~ lose
open opened ~ shut close closed
arrive arrival ~ depart departure
hire employ appoint ~ dismiss fire sack
imprison detain arrest jail ~ free liberate
reward praise ~ punish penalise
remember ~ forget
help assist facilitate enable ~ hinder hamper obstruct impede thwart
improve improvement better progress ~ worsen deteriorate worse deterioration
early earlier ~ late later
former ~ current
true accurate correct ~ false untrue inaccurate incorrect wrong
present ~ absent
buy purchase ~ sell
import ~ export
lend ~ borrow
rich wealthy ~ poor impoverished
urban ~ rural
male ~ female
upper higher ~ lower
inside within ~ outside
above ~ under
comply obey observe ~ violate breach flout disobey infringe defy
strengthen bolster reinforce ~ weaken undermine erode
known familiar ~ unknown unfamiliar
equal equally ~ unequal unequally
regular regularly ~ irregular irregularly
direct directly ~ indirect indirectly
temporary temporarily ~ permanent permanently
partial partially partly ~ total totally wholly
maximum ~ minimum
advantage benefit ~ disadvantage
victim ~ perpetrator
visible ~ invisible
sufficient enough adequate ~ insufficient inadequate
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
    " restrictions limited limiting curbed curbing curtail curtails curtailed silent quiet unwilling unlikely improbable doubtful lifted abolished spared exempt exempted excused immune nowhere miss misses missing skip skips skipped skipping".split()
)
"""Words that turn what follows them, or what they are said of, into its contrary."""
PASSIVE_NEGATORS = frozenset(
    "refused rejected denied banned prohibited forbidden outlawed barred disallowed stopped halted blocked prevented ignored"
    " limited curbed curtailed jammed disrupted neglected suppressed stifled silenced restricted lacking absent eased relaxed lifted abandoned declined illegal"
    " scant scarce forbidden flouted disregarded muzzled abolished spared exempt exempted excused".split()
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
