"""Words that help to tell people from places, products and plain words."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Words written with blanks between them."""
    return frozenset(words.split())


NO_NAMES = listed(
    """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sept
sep oct nov dec the a an and but or if so then that this these those there here what when where who whom whose
which why how yes no not okay ok yeah yep nope aye ja oh ah um uh hm hmm well right sure fine good great thanks
thank please sorry hello hi hey hiya morning afternoon evening dear regards best cheers kind sincerely i i'm i'd
i'll i've we we're we'd we'll we've you you're you'd you'll you've he he's he'd he'll she she's she'd she'll it
it's it'd it'll they they're they'd they'll my our your his her their its me us him them one two three four five
six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety hundred first second third next last
english french german dutch italian spanish portuguese polish danish swedish norwegian finnish irish scottish welsh
british american canadian australian indian chinese japanese european greek turkish czech hungarian romanian
russian arabic hindi christmas easter diwali ramadan eid thanksgiving halloween lent god jesus christ lord teams
zoom excel word outlook powerpoint sharepoint slack google microsoft amazon aws azure oracle sap salesforce
linkedin whatsapp youtube apple android windows linux kafka python java sql power bi gdpr iso soc rfp rfi poc nda
msa sla po hr qa erp crm api sso saas wifi wi-fi usb pdf vat roi kpi ceo cfo cto coo cio ciso cro cmo cpo md fd vp
svp evp gm pm ops legal finance procurement purchasing operations security sales marketing support engineering
compliance board council committee company group team department office head director president chair chairman
chief officer engineer europe asia africa america germany france italy spain portugal ireland england scotland
wales britain uk usa eu china india japan canada australia netherlands holland belgium denmark sweden norway
finland poland austria switzerland greece turkey london paris berlin dublin amsterdam rotterdam brussels antwerp
munich hamburg frankfurt vienna zurich geneva madrid barcelona lisbon porto milan rome warsaw prague budapest
copenhagen stockholm oslo helsinki edinburgh glasgow manchester leeds birmingham bristol belfast cork galway
limerick york boston chicago dallas houston atlanta denver seattle texas ohio utah florida california georgia
carolina virginia mumbai delhi pune bangalore chennai hyderabad nairobi mombasa lagos johannesburg joburg durban
sydney melbourne brisbane perth adelaide auckland wellington toronto vancouver montreal singapore dubai tokyo
beijing shanghai hongkong note re fw fwd subject asked call called agreed met told said says still also both mr mrs
ms dr prof frau herr signor signora madame monsieur sir madam maitre perhaps maybe now today tomorrow everybody
everyone nobody somebody someone anybody anything everything nothing something attached rang demo proposal pilot
trial price money budget decision plan project contract monday's speaker nah is are was were am be been born
before after because badly just only also maybe really honestly basically obviously actually listen look hang wait hold
congrats congratulations hopefully sadly luckily happy glad nice lovely great exactly absolutely definitely correct
doctor doktor professor doutor engineer county middle
sounds makes does did do has had have can could will would shall should may might must let lets let's got get go
"""
)
"""Capitalised words that are nobody's name: days, places, greetings, departments, what sentences begin with."""

HOLIDAYS = listed("christmas easter diwali ramadan eid thanksgiving halloween lent new year year's years")
"""What goes before 'Eve', 'Day' or 'Monday' and makes it nobody's name."""

KIN = listed(
    "mother father mama papa mum dad mam mom grandma granny grandpa uncle aunt auntie brother sister wife husband son"
    " daughter nephew niece cousin"
)
"""Capitalised or not, they are no names: 'Mother' is somebody's."""

SALUTATIONS = listed(
    "cara caro cari chère cher chers liebe lieber beste geachte querida querido hola ciao kære kjære kära droga drogi"
    " kedves estimado estimada bonjour hallo hej salut sayın merhaba szanowny szanowna"
)
"""How a letter begins in other languages: 'Cara Carla' is Carla."""

COURTESIES = listed("bey hanım hanim efendi abi abla san sama kun ji bhai garu sahib saheb ma'am")
"""What is said behind a name out of courtesy: 'Piotr Bey' is Piotr."""

ALSO_WORDS = listed(
    """
will mark rose may grant bill frank rob art jack penny joy hope faith grace dawn summer april june august don sue
pat till per see run jean dean ray max gene rich sandy holly ivy olive pearl ruby amber iris lily daisy heather
hazel guy miles chase chance drew cliff dale glen lance pierce wade nick jan jun sam ed dan said eve earl duke king
page young long short day west north black white brown green gray grey stone wood hill ford banks price rod kit kay
bob dot gay gus hank josh jay lee ken pete craig dick winter terry randy harry rusty sterling victor vic major norm
woody buck chip chuck barry carry else tim lin kim chen mina china mel val angel laurel viola polly molly cat mike
kelly paddy robin ward stan cash dolly jimmy noel raj ram alex alan sally ali ava
"""
)
"""Given names that are plain words too: taken for a name only where more speaks for it."""

GIVEN_NAMES = listed(
    """
aaron abdul abdullah abebe abigail abraham adam adele aditi aditya adrian agnes agnieszka ahmed aidan aileen aino
aisha ajay akash akiko alan alasdair albert alejandro aleksandra alessandra alessandro alex alexander alexandra
alexis alfred ali alice alicia alison alistair allan amanda amara amber amelia amina amir amit amy ana anand
anastasia anders andre andrea andreas andreea andrew andy angela angus anika anil anita anjali ann anna anne anneke
anneli annette annika anouk ansel anthea anthony antoine anton antonia antonio anya aoife april archie ariel arjun
arlene arne arnold arthur arturo arun ashley ashok asif astrid audrey august augusto aurelie ava axel ayesha ayse
barbara barry bart beata beatrice beatriz becky belinda ben benedikt benjamin benoit bernadette bernard bernd bert
beth bethany bettina betty bev beverley bhavna bianca bilal bill billy birgit bjorn blake bob bobby boris brad
brandon brenda brendan brent bret brett brian bridget brigitte britta brock bronagh bronwyn bruce bruno bryan
callum cameron camilla camille candice cara carina carl carla carlos carmen carol caroline carolyn carsten
cassandra cath catherine cathy cecilia cedric celeste celia chantal charles charlie charlotte chen cheryl chiara
chidi chloe chris christa christian christina christine christoph christophe christopher ciara cillian claes claire
clara claudia claudio clive cody colette colin colleen conor constance cora corinne cormac craig cristina curtis
cynthia dagmar daisy damian damien dan dana daniel daniela danielle danny dario darlene darren darya dave david
davide dawn dean deborah debbie declan deepa deepak deirdre delia denis denise dennis derek dermot desmond devika
diana diane diego dieter dietmar dilip dimitri dinesh dirk dolores dominic dominik dominique don donald donna dora
doreen doris dorota dorothy doug douglas duarte duncan dwayne dwight dylan eamon ebba ed eddie edgar edith eduardo
edward edwin eileen eilif einar elaine eleanor elena eleni elif elin elisa elisabeth elise eliza elizabeth ella
ellen ellie elliot elsa emeka emil emilia emily emma emmanuel enrique eric erica erik erika erin ernest ernesto
esther ethan eugene eva evan eve evelyn ewa ewan fabian fabio faisal farah farhad farida farooq fatima fatou
federico feisal felipe felix femi femke fergal fergus fernanda fernando filip filippo finn fiona flavia flora
florence florian folake frances francesca francesco francis francisco francois frank franz fraser fred freddie
frederic freya friedrich fritz gabriel gabriela gail gareth gary gavin gemma gene genevieve geoff geoffrey george
georgia georgina gerald geraldine gerard gerd gerhard gerrit gertrude giacomo gian gianluca gideon gilbert giles
gillian gina giorgio giovanni giulia giulio giuseppe gladys glen glenda glenn gloria gordon grace graham grainne
grant greg greta gregory gretchen grzegorz gudrun guido guillaume gunnar gunther gurdeep gus gustavo gwen hakan
halima hamish hana hank hanna hannah hanneke hans harald haris harold harpreet harriet harry haruto harvey hassan
hayley hazel heather hector heidi heike heinz helen helena helene helga helmut hemi hendrik henk henri henrik
henrike henrique henry herbert herman hilary hilda hiro holger holly howard hugh hugo hussein iain ian ibrahim ida
ignacio igor ilse imogen imran ines inga inge ingo ingrid irene irina iris isaac isabel isabella isabelle ismail
ivan ivana ivo jack jackie jacob jacqueline jacques jaime jake jakob jakub james jamie jan jana jane janet janice
janine jannik janusz jarrah jasbir jasmine jason javier jay jaylen jean jeanette jeff jeffrey jelena jen jenna
jennifer jenny jens jeremy jerome jerry jesper jess jesse jessica jesus jill jim jimmy jo joachim joan joana joanna
joanne joao joaquin jochen jodie joe joel joerg johan johann johanna johannes john johnny jolanta jolene jon jonas
jonathan jonty joost jordan jorg jorge joris jose josef josefina joseph josephine josh joshua joy joyce juan
juanita judith judy jukka jules julia julian juliana julie julien juliet jun june jurgen justin justine kabelo kai
kamal kara karen karim karin karina karl karolina kasia kaspar kate katarina katarzyna katharina katherine kathleen
kathryn kathy katie katja katrin katrina kavita kay kayla keisha keith kelly kelsey ken kenji kenneth kenny kerry
kev kevin khadija khalid kieran kim kimberly kirsten kirsty klaas klaus konrad kris krishna kristian kristin
kristina krystyna kumar kunal kurt kwame kyle lakshmi lara larisa lars laszlo laura lauren laurence laurent laurie
leah leanne lee leif leila lena lenka leo leon leonardo leonie leroy lesley leslie lester lewis liam lidia lieke
lila lilian lilly lily lin linda lindsay lisa lise liv liz lloyd lois lola lorenzo loretta lorna lorraine lotte lou
louis louisa louise luc luca lucas lucia lucie lucy luigi luis luisa luiz lukas luke lydia lyn lynette lynn maarten
madeleine mads magda magdalena maggie magnus mahmoud maja malcolm malik malin mandy manfred manoj manuel manuela
mara marc marcel marcelo marcia marco marcus marek margaret margot marguerite maria mariam marian mariana marianne
marie marieke marija marika marina mario marion marisa marisol marit marius marjan marjorie marlene marlies marta
marte martha martijn martin martina marvin mary maryam mateo mateusz mathias mathieu mathilde matias matt matteo
matthew matthias matthieu maud maureen maurice mauro max maxim maxime maya meera meg megan mehmet mei mel melanie
melinda melissa mercedes meredith merete mette mia michael michal micheal michel michele michelle mick miguel mihai
mika mike mikael mikhail mila milan milena millie milos mina mireille miriam mirjam mirko mitchell moira mohamed
mohammad mohammed molly mona monica monika monique morag moritz morten moses muhammad muriel murray mustafa nadia
nadine nancy naomi narendra natalia natalie natasha nathan nathalie ned neha neil nelson nia niall niamh nicholas
nick nicky nico nicola nicolas nicole niels nigel nikhil nikita nikola nikolai nils nina nisha noah noel nora
norbert noreen norma norman nuno odile odette olaf ole oleg olga olive oliver olivia olu olumide omar oscar oskar
otieno otto owen pablo paddy padraig pam pamela paola paolo pascal pat patrice patricia patricio patrick patrik
patsy patty paul paula pauline paulo pavel pearl pedro peggy penelope penny per pernille pete peter petra phil
philip philippa philippe phillip phoebe phyllis pia piers pierre pieter pilar piotr polly pooja prakash prasad
pradeep priscilla priti priya priyanka quentin quinn rachel radek radka rafael raghav rahul raj raja rajesh rajiv
ralf ralph ram ramesh ramon randall randy rania raquel rashid raul ravi ray raymond rebecca reece regina reinhard
rekha rene renata renate renee reuben rhian rhona rhys ricardo riccardo richard rick ricky rita ritu rob robert
roberta roberto robin rocco rod roderick rodney rodrigo roger rohan roisin roland rolf roman ron ronald ronan rory
rosa rosalind rosanna rosemary rosie ross rowan roy roz ruben rudi rudolf rui rupert russell ruta ruth ryan sabina
sabine sabrina sadia sahil said salim sally salma sam samantha sami samir samuel sandeep sander sandhya sandra
sandy sanjay santiago sara sarah saskia scott sean sebastian selina serena serge sergei sergio seun shane shannon
sharon shaun shauna shay sheila shelley shirley shona sian sibylle siegfried sigrid sigrun silke silvia simon
simona simone sinead siobhan sjors sneha sofia sofie solomon sonia sonja sophia sophie sorcha sota stacey stacy
stan stanislav stefan stefania stefano steffen stella steph stephan stephanie stephen sterling steve steven stewart
stuart sue suleiman sunil sunita suresh susan susanna susanne suzanne suzy sven svetlana swati sybil sylvia sylvie
tadeusz takeshi tamara tammy tania tansy tanya tara tariq tatiana ted terence teresa terry tess thabo thandeka thea
theo theresa therese thibault thierry thomas thorsten tiago tiffany tiina tilda till tim timo timothy tina tobias
toby todd tom tomas tomasz tommy toni tony torben torbjorn tore tracey tracy trevor trev trine tristan trudy tunde
tyler tyrone uli ulrich ulrike umar una ursula usha uta uwe valentina valerie vanessa vanya vera verena vernon
veronica veronika vic vicky victor victoria vijay vikram viktor vilma vince vincent virginia vivek vivian viviane
vlad vladimir wade walt walter wanda warren wayne wei wendy wes wessel wilhelm will willem william willy winston
wolfgang wouter xavier xin yan yannick yasmin yolanda yuki yuri yusuf yves yvette yvonne zac zach zainab zara zoe
zofia zuzana zuzanna
adaeze adeola adnan agata ahmad aiko aled alina alma alvaro amrit anais aneta angelika anselm antonella arash arlo
armando arvid asha aslan aubrey aurora avi ayo azra babak barney bashir beatrix benita bertil bhavesh bogdan bram
branko brigid bronte bryn cai carys casper cecile chandra chiamaka chinedu chioma chipo cleo clodagh clyde coen corey
cosmin cristian dafydd dalia damon danuta daphne dara darius dashiell debra delroy demi deniz devan devi dewi dhruv
dina divya doina dolly dorian drago dunja ebony edda edvard efosa eira ekaterina eleonora elias eliot elke elliott
elsie elvira emeline emre enid enzo erdem erwin esme esteban etta evangeline evie ezra fadi farid fausto ferenc
fletcher flo garth gavril georgi ghislaine gia gilda giselle gita goran gustaf gwendolyn haakon hamza harj harvir
hasan hedda herve hilde hortense howie hristo huw idris ieuan ilaria imke ingeborg ioana iona isha isla ivor jada
jagdeep janek jarek jarvis jasmin jaya jean-luc jed jemima jeroen jitka jolie jorma josie kadir kalle kamala kaori
karsten kasim kavya kaya keira kendra kenzo keziah khalil kimiko kiran kirk kofi kwesi lachlan lakshman lamar lana
lance lars-erik latifa layla leela len lex liesbeth linnea lior lisbeth livia ljubica lorcan luka luz lyle mabel maeve
maha maisie makoto malachy malika manon marcela margarida margit marlon marnie marwa matilda mattias maxine mbali
meenakshi mena merle mervyn mirela miro moshe mukesh mungo myra nabil nadim nanda nasreen nathaniel naveen nell nerea
ngozi nial nicolai nikki ninon nneka noelle nomvula obinna oksana ola ollie omari oona oriol orla orlando osama oswald
pallavi paramjit parveen patrizia pauli percy petros petter piet poppy portia prem radhika rafe raffaella rainer rana
rashida reggie reiko reinout remy rhiannon rina robbie rocio romain romana ronnie rosalie rosalyn roxanne ruairi
rukmini rupesh sabrine sadie saeed sakura sameer sanjeev sanna saoirse sefton selma sevda shabnam shaz sheena shivani
sibusiso sid signe sipho solveig soren stavros stig sujata svea sven-erik tabitha tamsin tarek tariro tatsuya tendai
thandi theodora thora tiernan timothee tine tomoko toril tove trudie tuan tuomas tycho ulla umberto urszula vaclav
valeria vasco velma vida vidya vikki vinod violet vittoria wafula wallace wambui wendell wilbur wilma wim wiremu
xanthe yael yara yasmine yetunde yiannis ylva yoko yolande yousef yvo zdenek zeynep zhen zola zsofia
"""
)
"""Given names from around the world: a capitalised word that is one of these is rather a person than a firm."""
