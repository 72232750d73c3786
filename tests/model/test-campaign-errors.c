/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign.h"
#include "dc-test-pack.h"

#include <string.h>

/* One way to spoil the sample, and what is then said. */
typedef struct
{
  DcCampaignError  code;
  const char      *from;
  const char      *to;
  const char      *message;   /* after "campaign.ini: " */
} Row;

static const Row rows[] = {
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "[Campaign]",
    "[Campaign",
    "line 1: found “[Campaign”, expected a group such as [Campaign]" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "[Campaign]",
    "[]",
    "line 1: found “[]”, expected a group such as [Campaign]" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "[Campaign]",
    "Id=x",
    "line 1: found “Id=x”, expected a group such as [Campaign] before the first key" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Format=1\n",
    "Format=1\nFormat 1\n",
    "line 3: found “Format 1”, expected [Group], Key=Value or # and a comment" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Format=1\n",
    "For mat=1\n",
    "line 2: found “For mat=1”, expected a key such as Name= or Name[fr]=" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Format=1\n",
    "=1\n",
    "line 2: found “=1”, expected a key such as Name= or Name[fr]=" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name[fr]=Journée",
    "Name[fr=Journée",
    "line 5: found “Name[fr=Journée internationale des migrants”, expected a key such as Name= "
    "or Name[fr]=" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name[fr]=Journée",
    "Name[]=Journée",
    "line 5: found “Name[]=Journée internationale des migrants”, expected a key such as Name= "
    "or Name[fr]=" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Id=migrants-day",
    "Id=migrants-day\nId=other",
    "[Campaign] Id: found “other”, expected this key once in its group" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name[fr]=Journée",
    "Name[fr]=Jour\nName[fr]=Journée",
    "[Campaign] Name[fr]: found “Journée internationale des migrants”, expected this key once "
    "in its group" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "[Appeal]",
    "[Campaign]",
    "[Campaign]: found “[Campaign]”, expected this group once in the file" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name=International Migrants Day",
    "Name=Inter\tnational",
    "line 4: found “Name=Inter�national”, expected no control characters" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name=International Migrants Day",
    "Name=A\xe2\x80\xa8" "B",
    "line 4: found “Name=A�B”, expected no control characters" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name=International Migrants Day",
    "Name=A\xe2\x80\xae" "B",
    "line 4: found “Name=A�B”, expected no control characters" },
  { DC_CAMPAIGN_ERROR_SYNTAX,
    "Name=International Migrants Day",
    "Name=A\xff" "B",
    "line 4: found “Name=A�B”, expected UTF-8" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Format=1\n",
    "",
    "[Campaign] Format: found nothing, expected 1 (a later format needs a later Daily Cup)" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Format=1\n",
    "Format=2\n",
    "[Campaign] Format: found “2”, expected 1 (a later format needs a later Daily Cup)" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Id=migrants-day",
    "Id=Migrants Day",
    "[Campaign] Id: found “Migrants Day”, expected 1 to 64 of a-z, 0-9 and -" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Id=migrants-day",
    "Id=",
    "[Campaign] Id: found “”, expected 1 to 64 of a-z, 0-9 and -" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Name=International Migrants Day",
    "Name=A\\nB",
    "[Campaign] Name: found “A�B”, expected no control characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Name=International Migrants Day",
    "Name=A\\qB",
    "[Campaign] Name: found “A\\qB”, expected no backslash but in \\\\ and \\s" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Name=International Migrants Day",
    "Name=\\sDay",
    "[Campaign] Name: found “ Day”, expected no blanks before or after it" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Name=International Migrants Day",
    "Name=Cafe\xcc\x81",
    "[Campaign] Name: found “Cafe\xcc\x81”, expected composed characters (Unicode NFC)" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Name=International Migrants Day",
    "Name=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "[Campaign] Name: found “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”, "
    "expected 1 to 60 characters, not 61" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Name[fr]=Journée internationale des migrants",
    "Name[fr]=",
    "[Campaign] Name[fr]: found “”, expected 1 to 60 characters, not 0" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Name=International Migrants Day\n",
    "",
    "[Campaign] Name: found nothing, expected a text of 1 to 60 characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Demo=true",
    "Demo=yes",
    "[Campaign] Demo: found “yes”, expected true or false" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Demo=true\n",
    "",
    "[Campaign] Demo: found nothing, expected true or false" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Languages=en;fr;es",
    "Languages=",
    "[Campaign] Languages: found “”, expected 1 to 12 different language tags such as "
    "en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Languages=en;fr;es",
    "Languages=en;fr;en",
    "[Campaign] Languages: found “en;fr;en”, expected 1 to 12 different language tags such as "
    "en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Languages=en;fr;es",
    "Languages=en;;fr",
    "[Campaign] Languages: found “en;;fr”, expected 1 to 12 different language tags such as "
    "en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Languages=en;fr;es",
    "Languages=en;FR",
    "[Campaign] Languages: found “en;FR”, expected 1 to 12 different language tags such as "
    "en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Languages=en;fr;es",
    "Languages=en;fr-ch",
    "[Campaign] Languages: found “en;fr-ch”, expected 1 to 12 different language tags such as "
    "en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Languages=en;fr;es",
    "Languages=aa;ab;ac;ad;ae;af;ag;ah;ai;aj;ak;al;am",
    "[Campaign] Languages: found “aa;ab;ac;ad;ae;af;ag;ah;ai;aj;ak;al;am”, expected 1 to 12 "
    "different language tags such as en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Languages=en;fr;es",
    "Languages=en;fr",
    "[Campaign] Name[es]: found “Día Internacional del Migrante”, expected a text key in one "
    "of the other languages (fr)" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Name[fr]=",
    "Name[en]=",
    "[Campaign] Name[en]: found “Journée internationale des migrants”, expected a text key in "
    "one of the other languages (fr, es)" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Demo=true",
    "Demo=true\nDemo[fr]=true",
    "[Campaign] Demo[fr]: found “true”, expected a text key in one of the other languages (fr, "
    "es)" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Europe/Zurich",
    "Europe/Nowhere",
    "[Campaign] TimeZone: found “Europe/Nowhere”, expected a zone of the IANA database such as "
    "Europe/Zurich" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Europe/Zurich",
    "../../etc/passwd",
    "[Campaign] TimeZone: found “../../etc/passwd”, expected a zone of the IANA database such "
    "as Europe/Zurich" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Europe/Zurich",
    "CET-1CEST",
    "[Campaign] TimeZone: found “CET-1CEST”, expected a zone of the IANA database such as "
    "Europe/Zurich" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Currency=CHF",
    "Currency=XYZ",
    "[Campaign] Currency: found “XYZ”, expected a code of ISO 4217 such as CHF" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CupPrice=4.20",
    "CupPrice=4,20",
    "[Campaign] CupPrice: found “4,20”, expected an amount in CHF above 0 with at most 2 "
    "decimals" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CupPrice=4.20",
    "CupPrice=0",
    "[Campaign] CupPrice: found “0”, expected an amount in CHF above 0 with at most 2 decimals" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CupPrice=4.20",
    "CupPrice=4.205",
    "[Campaign] CupPrice: found “4.205”, expected an amount in CHF above 0 with at most 2 "
    "decimals" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "MinimumAge=18",
    "MinimumAge=12",
    "[Campaign] MinimumAge: found “12”, expected a whole number from 13 to 99" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "MinimumAge=18",
    "MinimumAge=18 years",
    "[Campaign] MinimumAge: found “18 years”, expected a whole number from 13 to 99" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "ReplyDays=3",
    "ReplyDays=61",
    "[Campaign] ReplyDays: found “61”, expected a whole number from 1 to 60" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "ReplyDays=3",
    "ReplyDays=03",
    "[Campaign] ReplyDays: found “03”, expected a whole number from 1 to 60" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "ReplyDays=3",
    "ReplyDays=-1",
    "[Campaign] ReplyDays: found “-1”, expected a whole number from 1 to 60" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Ends=2027-12-31",
    "Ends=2027-02-29",
    "[Campaign] Ends: found “2027-02-29”, expected a date such as 2027-12-31" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Ends=2027-12-31",
    "Ends=31.12.2027",
    "[Campaign] Ends: found “31.12.2027”, expected a date such as 2027-12-31" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Ends=2027-12-31",
    "End=2027-12-31",
    "[Campaign] End: found “2027-12-31”, expected a key of this group" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CopiesUntil=2028-06-30",
    "CopiesUntil=30.6.2028",
    "[Keep] CopiesUntil: found “30.6.2028”, expected a date such as 2028-12-31" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "PledgesUntil=2028-12-31",
    "PledgesUntil=forever",
    "[Keep] PledgesUntil: found “forever”, expected a date such as 2028-12-31" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CopiesUntil=2028-06-30",
    "CopiesUntil=2027-12-30",
    "[Keep] CopiesUntil: found “2027-12-30”, expected no day before Ends" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "PledgesUntil=2028-12-31",
    "PledgesUntil=2027-12-30",
    "[Keep] PledgesUntil: found “2027-12-30”, expected no day before Ends" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "PledgesUntil=2028-12-31",
    "PledgesUntil=2028-06-29",
    "[Keep] PledgesUntil: found “2028-06-29”, expected no day before CopiesUntil" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "CopiesUntil=2028-06-30",
    "CopiesFor=2028-06-30",
    "[Keep] CopiesFor: found “2028-06-30”, expected a key of this group" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "ShortName=ISHR",
    "ShortName=International Service for HR",
    "[Organisation] ShortName: found “International Service for HR”, expected 1 to 24 "
    "characters, not 28" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "info@example.org",
    "info@example",
    "[Organisation] Email: found “info@example”, expected an e-mail address" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Phone=+41 22",
    "Phone=Tel. +41 22",
    "[Organisation] Phone: found “Tel. +41 22 919 71 00”, expected a phone number" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CoordinatorPhone=+41 79",
    "CoordinatorPhone=at noon",
    "[Organisation] CoordinatorPhone: found “at noon 000 00 00”, expected a phone number" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Website=https://example.org/",
    "Website=http://example.org/",
    "[Organisation] Website: found “http://example.org/”, expected an https address of at most "
    "200 characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Website=https://example.org/",
    "Website=https://example.org/{language}",
    "[Organisation] Website: found “https://example.org/{language}”, expected an https address "
    "of at most 200 characters" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Address=Rue de Varembé 1, 1202 Genève\n",
    "",
    "[Organisation] Address: found nothing, expected the text in en too, as it is there in fr" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Logo=logo.svg",
    "Logo=../logo.svg",
    "[Organisation] Logo: found “../logo.svg”, expected a file name of a-z, 0-9, ., _ and - "
    "that ends in .svg or .png" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Logo=logo.svg",
    "Logo=.svg",
    "[Organisation] Logo: found “.svg”, expected a file name of a-z, 0-9, ., _ and - that ends "
    "in .svg or .png" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Logo=logo.svg",
    "Logo=logo.gif",
    "[Organisation] Logo: found “logo.gif”, expected a file name of a-z, 0-9, ., _ and - that "
    "ends in .svg or .png" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Closing[fr]=Parce qu’aucun",
    "Closing[fr]=Parce qu’aucun jamais jamais jamais jamais jamais jamais jamais jamais",
    "[Appeal] Closing[fr]: found “Parce qu’aucun jamais jamais jamais jamais jamais jamais "
    "jam…”, expected 1 to 80 characters, not 97" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "[Story 1]",
    "[Story 0]",
    "[Story 1] Picture: found nothing, expected a file name of a-z, 0-9, ., _ and - that ends "
    "in .svg or .png" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "[Story 2]",
    "[Story 3]",
    "[Story 3]: found “[Story 3]”, expected [Story 1] to at most [Story 8] without gaps" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "[Story 2]",
    "[Story 02]",
    "[Story 02]: found “[Story 02]”, expected [Story 1] to at most [Story 8] without gaps" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Alt=A bridge\n",
    "",
    "[Story 2] Alt: found nothing, expected a text of 1 to 200 characters" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Source=The appeal\n",
    "",
    "[Story 1] Source: found nothing, expected the text in en too, as it is there in fr" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Address=give.example.org",
    "Address=give.for.human.rights.example.org",
    "[Giving] Address: found “give.for.human.rights.example.org”, expected 1 to 25 visible "
    "ASCII characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Address=give.example.org",
    "Address=donnée.example",
    "[Giving] Address: found “donnée.example”, expected 1 to 25 visible ASCII characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "http://give.example.org/",
    "[Giving] Link: found “http://give.example.org/”, expected an https address, perhaps with "
    "the variables {language} {interval} {amount} {currency} {reference} {campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/{email}",
    "[Giving] Link: found “https://give.example.org/{email}”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/{language",
    "[Giving] Link: found “https://give.example.org/{language”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/language}",
    "[Giving] Link: found “https://give.example.org/language}”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://{language}.example.org/",
    "[Giving] Link: found “https://{language}.example.org/”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://me@give.example.org/",
    "[Giving] Link: found “https://me@give.example.org/”, expected an https address, perhaps "
    "with the variables {language} {interval} {amount} {currency} {reference} {campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/{amount:3}",
    "[Giving] Link: found “https://give.example.org/{amount:3}”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/{amount*}",
    "[Giving] Link: found “https://give.example.org/{amount*}”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/é",
    "[Giving] Link: found “https://give.example.org/é”, expected an https address, perhaps "
    "with the variables {language} {interval} {amount} {currency} {reference} {campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org{+language}",
    "[Giving] Link: found “https://give.example.org{+language}”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/{}",
    "[Giving] Link: found “https://give.example.org/{}”, expected an https address, perhaps "
    "with the variables {language} {interval} {amount} {currency} {reference} {campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://",
    "[Giving] Link: found “https://”, expected an https address, perhaps with the variables "
    "{language} {interval} {amount} {currency} {reference} {campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/{language,}",
    "[Giving] Link: found “https://give.example.org/{language,}”, expected an https address, "
    "perhaps with the variables {language} {interval} {amount} {currency} {reference} "
    "{campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "https://give.example.org/{language}{/interval,amount,reference}",
    "https://give.example.org/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "[Giving] Link: found “https://give.example.org/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”, "
    "expected at most 200 characters at its longest, not 205" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Appeal=https://example.org/{language}",
    "Appeal=https://example.org/{reference}",
    "[Giving] Appeal: found “https://example.org/{reference}”, expected an https address, "
    "perhaps with the variables {language} {campaign}" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Film=https://",
    "Film=ftp://",
    "[Giving] Film: found “ftp://example.org/film/{language}”, expected an https address, "
    "perhaps with the variables {language} {campaign}" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Languages=en;fr\n",
    "",
    "[Giving] Languages: found nothing, expected 1 to 12 different language tags such as "
    "en;fr;pt-BR" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Maximum=5000",
    "Maximum=4",
    "[Amounts] Maximum: found “4”, expected at least Minimum=5" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Minimum=5\n",
    "Minimum=5\nGoal=0\n",
    "[Amounts] Goal: found “0”, expected an amount in CHF above 0 with at most 2 decimals" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Minimum=5\n",
    "Minimum=5\nGoal=much\n",
    "[Amounts] Goal: found “much”, expected an amount in CHF above 0 with at most 2 decimals" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Minimum=5\n",
    "Minimum=-5\n",
    "[Amounts] Minimum: found “-5”, expected an amount in CHF above 0 with at most 2 decimals" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "OtherOnce=Every gift counts.\n",
    "",
    "[Amounts] OtherOnce: found nothing, expected a text of 1 to 160 characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Minimum=5\n",
    "Minimum=20\n",
    "[Monthly 1] Cups: found “CHF\u00a018”, expected an amount from Minimum=20 to Maximum=5000" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Maximum=5000",
    "Maximum=100",
    "[Monthly 2] Cups: found “CHF\u00a0127”, expected an amount from Minimum=5 to Maximum=100" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Cups=1\nPer=day",
    "Cups=1\nPer=week",
    "[Monthly 2] Cups: found “CHF\u00a018”, expected more than the preset before it" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Cups=1\nPer=day",
    "Cups=51\nPer=day",
    "[Monthly 2] Cups: found “51”, expected a whole number from 1 to 50" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Per=week",
    "Per=year",
    "[Monthly 1] Per: found “year”, expected day, week or month" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CupPrice=4.20",
    "CupPrice=0.03",
    "[Monthly 1] Cups: found “1”, expected cups that cost at least 1 CHF a month" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Amount=50.50",
    "Amount=20",
    "[Once 2] Amount: found “CHF\u00a020”, expected more than the preset before it" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Amount=20",
    "Amount=4",
    "[Once 1] Amount: found “CHF\u00a04”, expected an amount from Minimum=5 to Maximum=5000" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Amount=50.50",
    "Amount=5001",
    "[Once 2] Amount: found “CHF\u00a05,001”, expected an amount from Minimum=5 to Maximum=5000" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "[Once 2]",
    "[Once 3]",
    "[Once 3]: found “[Once 3]”, expected presets 1 to at most 5 without gaps" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Effect[es]=ayuda",
    "Effect[it]=aiuta",
    "[Monthly 1] Effect[it]: found “aiuta a que una voz sea escuchada”, expected a text key in "
    "one of the other languages (fr, es)" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "[Consent newsletter]",
    "[Consent News Letter]",
    "[Consent News Letter]: found “Consent News Letter”, expected [Consent …] with 1 to 32 of "
    "a-z, 0-9 and -" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Version=2",
    "Version=0",
    "[Consent newsletter] Version: found “0”, expected a whole number from 1 to 9999" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Shown=email",
    "Shown=mail",
    "[Consent newsletter] Shown: found “mail”, expected always, email, phone or post" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Required=false",
    "Required=0",
    "[Consent newsletter] Required: found “0”, expected true or false" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Text=Send me the newsletter.\n",
    "",
    "[Consent newsletter] Text: found nothing, expected a text of 1 to 400 characters" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "Rights=See, correct, erase, move.\n",
    "",
    "[Notice] Rights: found nothing, expected a text of 1 to 1200 characters" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Short[fr]=Nous gardons",
    "Short[fr]=Nous x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x "
    "x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x "
    "gardons",
    "[Notice] Short[fr]: found “Nous x x x x x x x x x x x x x x x x x x x x x x x x x x x "
    "x…”, expected at most 80 words, not 89" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "Authority=The FDPIC in Bern.",
    "Authority=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
    "[Notice] Authority: found "
    "“yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…”, expected 1 to 1200 "
    "characters, not 1201" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Voluntary=You",
    "Obligatory=No\nVoluntary=You",
    "[Notice] Obligatory: found “No”, expected a key of this group" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "Demo=true",
    "Demo=false",
    "[Demo]: found “[Demo]”, expected no such group where Demo=false" },
  { DC_CAMPAIGN_ERROR_MISSING,
    "VolunteerPin=2468\n",
    "",
    "[Demo] VolunteerPin: found nothing, expected 4 to 12 digits" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "VolunteerPin=2468",
    "VolunteerPin=246",
    "[Demo] VolunteerPin: found “246”, expected 4 to 12 digits" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "VolunteerPin=2468",
    "VolunteerPin=246x",
    "[Demo] VolunteerPin: found “246x”, expected 4 to 12 digits" },
  { DC_CAMPAIGN_ERROR_VALUE,
    "CoordinatorPin=135790",
    "CoordinatorPin=2468",
    "[Demo] CoordinatorPin: found “2468”, expected another than VolunteerPin" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "[Demo]",
    "[Extra]\nKey=1\n[Demo]",
    "[Extra]: found “[Extra]”, expected a group of campaign.ini's format 1" },
  { DC_CAMPAIGN_ERROR_UNKNOWN,
    "[Demo]",
    "[Extra]\n[Demo]",
    "[Extra]: found “[Extra]”, expected a group of campaign.ini's format 1" },
};

static void
assert_refused (const char      *text,
                gsize            length,
                DcCampaignError  code,
                const char      *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *expected = g_strconcat ("campaign.ini: ", message, NULL);

  if (dc_campaign_new_from_data (text, length, &error) != NULL)
    g_error ("taken, expected: %s", expected);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_error (error, DC_CAMPAIGN_ERROR, (int) code);

  g_assert_null (dc_campaign_check (text, length, problems));
  g_assert_cmpstr (problems->pdata[0], ==, expected);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = dc_test_replace (dc_test_campaign_text (), rows[i].from, rows[i].to);

    assert_refused (text, strlen (text), rows[i].code, rows[i].message);
  }
}

static void
test_every_required_key (void)
{
  g_auto (GStrv) lines = g_strsplit (dc_test_campaign_text (), "\n", -1);
  static const char * const optional[] = { "Ends", "CopiesUntil", "PledgesUntil", "Phone", "Website", "Coordinator",
                                           "CoordinatorPhone", "Film", NULL };
  guint n_refused = 0;

  for (gsize i = 0; lines[i] != NULL; i++) {
    g_autofree char *kept = NULL;
    g_autofree char *text = NULL;
    g_autofree char *key = g_strndup (lines[i], strcspn (lines[i], "="));
    g_autoptr (DcCampaign) campaign = NULL;
    g_autoptr (GError) error = NULL;

    if (strchr (lines[i], '=') == NULL || strchr (key, '[') != NULL ||
        g_strv_contains (optional, key))
      continue;

    kept = lines[i];
    lines[i] = g_strdup ("");
    text = g_strjoinv ("\n", lines);
    g_free (lines[i]);
    lines[i] = g_steal_pointer (&kept);
    campaign = dc_campaign_new_from_data (text, strlen (text), &error);
    g_assert_null (campaign);
    g_assert_error (error, DC_CAMPAIGN_ERROR, DC_CAMPAIGN_ERROR_MISSING);
    g_assert_nonnull (strstr (error->message, key));
    n_refused++;
  }
  g_assert_cmpuint (n_refused, >, 50);
}

static void
test_size (void)
{
  g_autofree char *comment = g_strnfill (256 * 1024, '#');
  g_autofree char *text = g_strconcat (comment, "\n", dc_test_campaign_text (), NULL);

  assert_refused ("", 0, DC_CAMPAIGN_ERROR_SYNTAX, "found 0 bytes, expected 1 to 262144");
  comment[0] = '\0';
  assert_refused (text, 256 * 1024 + 1, DC_CAMPAIGN_ERROR_SYNTAX,
                  "found 262145 bytes, expected 1 to 262144");
  assert_refused (text, 256 * 1024, DC_CAMPAIGN_ERROR_MISSING,
                  "[Campaign] Format: found nothing, expected 1 (a later format needs a later Daily Cup)");
}

static void
test_nul (void)
{
  g_autofree char *text = g_strdup (dc_test_campaign_text ());
  gsize length = strlen (text);

  *strstr (text, "Heading") = '\0';
  assert_refused (text, length, DC_CAMPAIGN_ERROR_SYNTAX,
                  "line 1: found “\\0”, expected text without NUL bytes");
}

/* Groups past the largest number of each kind. */
static void
test_too_many (void)
{
  g_autoptr (GString) stories = g_string_new (dc_test_campaign_text ());
  g_autoptr (GString) consents = g_string_new (dc_test_campaign_text ());

  for (guint i = 3; i <= 9; i++)
    g_string_append_printf (stories, "[Story %u]\nPicture=a.svg\nAlt=a\nHeading=h\nText=t\n", i);
  assert_refused (stories->str, stories->len, DC_CAMPAIGN_ERROR_UNKNOWN,
                  "[Story 9]: found “[Story 9]”, expected [Story 1] to at most [Story 8] without gaps");
  for (guint i = 3; i <= 9; i++)
    g_string_append_printf (consents, "[Consent c%u]\nVersion=1\nShown=post\nRequired=false\nText=t\n", i);
  assert_refused (consents->str, consents->len, DC_CAMPAIGN_ERROR_VALUE,
                  "[Consent c9]: found “Consent c9”, expected at most 8 groups [Consent …]");
}

static void
test_no_consent (void)
{
  g_auto (GStrv) before = g_strsplit (dc_test_campaign_text (), "[Consent details]", 2);
  g_autofree char *text = g_strconcat (before[0], strstr (before[1], "[Notice]"), NULL);

  assert_refused (text, strlen (text), DC_CAMPAIGN_ERROR_MISSING,
                  "[Consent …]: found nothing, expected at least one such group");
}

/* In the order in which they are read, and nothing that only follows from
 * another. */
static void
test_all_told (void)
{
  static const char * const spoilt[][2] = {
    { "Format=1", "Format=2" },
    { "Id=migrants-day", "Id=Migrants" },
    { "Currency=CHF", "Currency=francs" },
    { "MinimumAge=18", "MinimumAge=8" },
    { "Invitation=", "Invitation=Far too long for the place beside a button on any of the screens, whatever the language: " },
    { "[Monthly 1]\n", "[Monthly 1]\nCupsToo=1\n" },
    { "Shown=always", "Shown=never" },
    { "Withdrawal=", "Withdraw=" },
  };
  static const char * const told[] = {
    "[Campaign] Format", "[Campaign] Id", "[Campaign] Currency", "[Campaign] MinimumAge",
    "[Appeal] Invitation", "Shown", "[Notice] Withdrawal: found nothing",
    "[Monthly 1] CupsToo", "[Notice] Withdraw: found",
  };
  g_autofree char *text = g_strdup (dc_test_campaign_text ());
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (spoilt); i++) {
    g_autofree char *next = dc_test_replace (text, spoilt[i][0], spoilt[i][1]);

    g_free (text);
    text = g_steal_pointer (&next);
  }
  g_assert_null (dc_campaign_check (text, strlen (text), problems));
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_nonnull (strstr (problems->pdata[i], told[i]));
  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (told));
}

static void
test_all_lines (void)
{
  static const char text[] = "[Campaign]\nFormat 1\nId=a\nId=b\n\xff\n";
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_null (dc_campaign_check (text, strlen (text), problems));
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_true (g_str_has_prefix (problems->pdata[0], "campaign.ini: line 2: "));
  g_assert_true (g_str_has_prefix (problems->pdata[1], "campaign.ini: [Campaign] Id: "));
  g_assert_true (g_str_has_prefix (problems->pdata[2], "campaign.ini: line 5: "));
}

static void
test_nothing_told (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DcCampaign) campaign = dc_campaign_check (dc_test_campaign_text (),
                                                       strlen (dc_test_campaign_text ()), problems);

  g_assert_nonnull (campaign);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/campaign/errors/name-group-key-found-and-expected", test_rows);
  g_test_add_func ("/campaign/errors/miss-each-required-key", test_every_required_key);
  g_test_add_func ("/campaign/errors/bound-the-size", test_size);
  g_test_add_func ("/campaign/errors/refuse-nul-bytes", test_nul);
  g_test_add_func ("/campaign/errors/bound-the-number-of-groups", test_too_many);
  g_test_add_func ("/campaign/errors/need-a-consent", test_no_consent);
  g_test_add_func ("/campaign/errors/are-all-told-to-who-asks-for-all", test_all_told);
  g_test_add_func ("/campaign/errors/tell-each-line-that-is-none", test_all_lines);
  g_test_add_func ("/campaign/errors/are-none-where-all-is-well", test_nothing_told);

  return g_test_run ();
}
