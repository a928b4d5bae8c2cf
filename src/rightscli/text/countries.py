"""The names of the countries of the world."""

from __future__ import annotations

COUNTRIES = """
Afghanistan,Afghan,Afghans,Kabul|Albania,Albanian,Albanians,Tirana|Algeria,Algerian,Algerians,Algiers
Angola,Angolan,Angolans,Luanda|Argentina,Argentine,Argentinian,Argentines,Buenos Aires
Armenia,Armenian,Armenians,Yerevan
Australia,Australian,Australians,Canberra|Austria,Austrian,Austrians,Vienna|Azerbaijan,Azerbaijani,Azerbaijanis,Baku
Bahrain,Bahraini,Bahrainis,Manama|Bangladesh,Bangladeshi,Bangladeshis,Dhaka|Belarus,Belarusian,Belarusians,Minsk
Belgium,Belgian,Belgians|Benin,Beninese|Bhutan,Bhutanese,Thimphu|Bolivia,Bolivian,Bolivians
Bosnia and Herzegovina,Bosnia,Bosnian,Bosnians,Sarajevo|Botswana,Botswanan|Brazil,Brazilian,Brazilians,Brasilia
Brunei,Bruneian|Bulgaria,Bulgarian,Bulgarians,Sofia|Burkina Faso,Burkinabe|Burundi,Burundian,Burundians
Cambodia,Cambodian,Cambodians,Phnom Penh|Cameroon,Cameroonian,Cameroonians|Canada,Canadian,Canadians,Ottawa
Cape Verde,Cabo Verde|Central African Republic,Bangui|Chad,Chadian,Chadians|Chile,Chilean,Chileans
China,Chinese,Beijing,PRC,People's Republic of China|Colombia,Colombian,Colombians,Bogota|Comoros,Comorian
Democratic Republic of the Congo,DRC,Congo,Congolese,Kinshasa|Costa Rica,Costa Rican,Costa Ricans
Ivory Coast,Cote d'Ivoire,Ivorian,Ivorians|Croatia,Croatian,Croatians,Zagreb|Cuba,Cuban,Cubans,Havana
Cyprus,Cypriot,Cypriots,Nicosia|Czech Republic,Czechia,Czech,Czechs,Prague|Denmark,Danish,Danes,Copenhagen
Djibouti,Djiboutian|Dominican Republic|Ecuador,Ecuadorian,Ecuadorians,Quito|Egypt,Egyptian,Egyptians,Cairo
El Salvador,Salvadoran,Salvadorans|Equatorial Guinea|Eritrea,Eritrean,Eritreans,Asmara
Estonia,Estonian,Estonians,Tallinn
Eswatini,Swaziland|Ethiopia,Ethiopian,Ethiopians,Addis Ababa|Fiji,Fijian|Finland,Finnish,Finns,Helsinki
France,French,Paris,Elysee|Gabon,Gabonese|Gambia,Gambian,Gambians|Georgia,Georgian,Georgians,Tbilisi
Germany,German,Germans,Berlin|Ghana,Ghanaian,Ghanaians,Accra|Greece,Greek,Greeks,Athens
Guatemala,Guatemalan,Guatemalans
Guinea,Guinean,Conakry|Guinea-Bissau|Guyana,Guyanese|Haiti,Haitian,Haitians|Honduras,Honduran,Hondurans
Hungary,Hungarian,Hungarians,Budapest|Iceland,Icelandic,Reykjavik|India,Indian,Indians,New Delhi,Delhi
Indonesia,Indonesian,Indonesians,Jakarta|Iran,Iranian,Iranians,Tehran|Iraq,Iraqi,Iraqis,Baghdad|Ireland,Irish,Dublin
Israel,Israeli,Israelis,Tel Aviv|Italy,Italian,Italians,Rome|Jamaica,Jamaican,Jamaicans|Japan,Japanese,Tokyo
Jordan,Jordanian,Jordanians,Amman|Kazakhstan,Kazakh,Kazakhstani,Astana|Kenya,Kenyan,Kenyans,Nairobi|Kosovo,Kosovar
Kuwait,Kuwaiti,Kuwaitis|Kyrgyzstan,Kyrgyz,Bishkek|Laos,Lao,Laotian,Laotians,Vientiane|Latvia,Latvian,Latvians,Riga
Lebanon,Lebanese,Beirut|Lesotho|Liberia,Liberian,Liberians|Libya,Libyan,Libyans,Tripoli|Lithuania,Lithuanian,Vilnius
Luxembourg|Madagascar,Malagasy|Malawi,Malawian|Malaysia,Malaysian,Malaysians,Kuala Lumpur|Maldives,Maldivian
Mali,Malian,Malians,Bamako|Malta,Maltese|Mauritania,Mauritanian|Mauritius,Mauritian
Mexico,Mexican,Mexicans,Mexico City
Micronesia|Moldova,Moldovan,Moldovans|Monaco|Mongolia,Mongolian,Mongolians,Ulaanbaatar|Montenegro,Montenegrin
Morocco,Moroccan,Moroccans,Rabat|Mozambique,Mozambican|Myanmar,Burma,Burmese,Naypyidaw|Namibia,Namibian|Nauru
Nepal,Nepali,Nepalese,Kathmandu|Netherlands,Dutch,Holland,Amsterdam|New Zealand,New Zealander,New Zealanders
Nicaragua,Nicaraguan,Nicaraguans|Niger,Nigerien|Nigeria,Nigerian,Nigerians,Abuja
North Korea,North Korean,North Koreans,DPRK,D.P.R.K.,NK,Pyongyang,Democratic People's Republic of Korea
North Macedonia,Macedonia,Macedonian|Norway,Norwegian,Norwegians,Oslo|Oman,Omani
Pakistan,Pakistani,Pakistanis,Islamabad
Palau|Palestine,Palestinian,Palestinians|Panama,Panamanian|Papua New Guinea|Paraguay,Paraguayan
Peru,Peruvian,Peruvians
Philippines,Philippine,Filipino,Filipinos,Manila|Poland,Polish,Poles,Warsaw|Portugal,Portuguese,Lisbon
Qatar,Qatari,Doha
Romania,Romanian,Romanians,Bucharest|Russia,Russian,Russians,Moscow,Kremlin,Russian Federation|Rwanda,Rwandan,Kigali
Samoa,Samoan|Saudi Arabia,Saudi,Saudis,Riyadh|Senegal,Senegalese,Dakar|Serbia,Serbian,Serbians,Belgrade|Seychelles
Sierra Leone|Singapore,Singaporean,Singaporeans|Slovakia,Slovak,Slovaks,Bratislava|Slovenia,Slovenian|Solomon Islands
Somalia,Somali,Somalis,Mogadishu|South Africa,South African,South Africans,Pretoria
South Korea,South Korean,South Koreans,ROK,R.O.K.,Seoul,Republic of Korea,Blue House|South Sudan,South Sudanese,Juba
Soviet Union,Soviet,Soviets,USSR|Spain,Spanish,Spaniards,Madrid|Sri Lanka,Sri Lankan,Sri Lankans,Colombo
Sudan,Sudanese,Khartoum|Suriname,Surinamese|Sweden,Swedish,Swedes,Stockholm|Switzerland,Swiss,Bern
Syria,Syrian,Syrians,Damascus|Taiwan,Taiwanese,Taipei|Tajikistan,Tajik,Dushanbe|Tanzania,Tanzanian
Thailand,Thai,Thais,Bangkok
Timor-Leste,East Timor|Togo,Togolese|Tonga,Tongan|Trinidad and Tobago|Tunisia,Tunisian,Tunisians,Tunis
Turkey,Turkish,Turks,Ankara,Turkiye|Turkmenistan,Turkmen,Ashgabat|Uganda,Ugandan,Ugandans,Kampala
Ukraine,Ukrainian,Ukrainians,Kyiv,Kiev|United Arab Emirates,UAE,Emirati,Abu Dhabi
United Kingdom,UK,U.K.,Britain,Great Britain,British,England,English,London,Whitehall
United States,US,U.S.,USA,U.S.A.,America,American,Americans,Washington,White House,United States of America
Uruguay,Uruguayan|Uzbekistan,Uzbek,Uzbeks,Tashkent|Vatican,Holy See|Venezuela,Venezuelan,Venezuelans,Caracas
Vietnam,Vietnamese,Viet Nam,Hanoi|Yemen,Yemeni,Yemenis,Sanaa|Zambia,Zambian,Lusaka|Zimbabwe,Zimbabwean,Harare
"""
"""Names of one country: the country's, its people's, its capital's and its seat of power's, the first for all."""


def find_countries(words: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each name of a country that stands among the folded *words*, with all the names of that country, folded too."""
    found = []
    words = f" {words} "
    for country in COUNTRIES.replace(".", "").replace("\n", "|").casefold().split("|"):
        names = tuple(country.split(","))
        found += [(name, names) for name in names if name and f" {name} " in words]
    return found
