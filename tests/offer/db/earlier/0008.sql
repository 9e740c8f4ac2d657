-- made by the code of commit 1bf5b31
BEGIN TRANSACTION;
CREATE TABLE "audit_log" (
    "id" INT NOT NULL  PRIMARY KEY,
    "at" TIMESTAMP NOT NULL,
    "account" INT,
    "team" VARCHAR(120) NOT NULL,
    "act" VARCHAR(40) NOT NULL,
    "about" VARCHAR(120) NOT NULL,
    "detail" TEXT NOT NULL,
    "previous" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL UNIQUE
);
INSERT INTO "audit_log" VALUES(1,'2026-11-22 07:30:00+00:00',NULL,'command line','invited','account 1','{"role": "admin", "scope": "england"}','0000000000000000000000000000000000000000000000000000000000000000','a1d6f4955f468e459a2673516cfb7840145afab407a7d02445b0ca716cf0f9f4');
INSERT INTO "audit_log" VALUES(2,'2026-11-22 07:30:00+00:00',1,'Team','set up','account 1','{}','a1d6f4955f468e459a2673516cfb7840145afab407a7d02445b0ca716cf0f9f4','baa5c813e9982229bbc62326e6dad6880f07ae790560c81675f2fcce08353006');
INSERT INTO "audit_log" VALUES(3,'2026-11-22 07:30:00+00:00',1,'Team','signed in','account 1','{}','baa5c813e9982229bbc62326e6dad6880f07ae790560c81675f2fcce08353006','db689986b51038938d020f866fd44a446119f2e6d2caad5dcde1c12c298a33a7');
INSERT INTO "audit_log" VALUES(4,'2026-11-22 07:30:00+00:00',1,'Team','began a change','change 1','{}','db689986b51038938d020f866fd44a446119f2e6d2caad5dcde1c12c298a33a7','20220980fad9522d81d9e56536a55d81d7b4b5f966bd7ad971b094bdccdc516f');
INSERT INTO "audit_log" VALUES(5,'2026-11-22 07:30:00+00:00',1,'Team','saved a draft','change 1','{"about": "entitlement bus-travel"}','20220980fad9522d81d9e56536a55d81d7b4b5f966bd7ad971b094bdccdc516f','7d724145792a4366ab16b785d713c6a426f99546033a77d679279e9025391228');
INSERT INTO "audit_log" VALUES(6,'2026-11-22 07:30:00+00:00',1,'Team','commented','change 1','{}','7d724145792a4366ab16b785d713c6a426f99546033a77d679279e9025391228','6d2c89743ca53f7ebca98aa4d7ba4f25547e985dd4165788617951f2c6d7ef28');
INSERT INTO "audit_log" VALUES(7,'2026-11-22 07:30:00+00:00',1,'Team','changed settings','scope england','{"changed": "team"}','6d2c89743ca53f7ebca98aa4d7ba4f25547e985dd4165788617951f2c6d7ef28','240b4949a6e1f711df2295e1370c94b93561767140333455bd67f8967ebcbfe8');
CREATE TABLE "catalogue_version" (
    "id" INT NOT NULL  PRIMARY KEY,
    "number" INT NOT NULL,
    "published_at" TIMESTAMP
);
INSERT INTO "catalogue_version" VALUES(1,2,'2026-11-24 07:30:00+00:00');
CREATE TABLE "document" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "newest" INT NOT NULL,
    "newest_digest" VARCHAR(64) NOT NULL,
    "loaded_digest" VARCHAR(64),
    CONSTRAINT "uid_document_kind_a9f374" UNIQUE ("kind", "slug")
);
INSERT INTO "document" VALUES(1,'entitlement','access-to-care-records',2,'9288f1d888f16c0e52d83e21f683be133d63f65514a9474f2aa37058ac142f48',NULL);
INSERT INTO "document" VALUES(2,'entitlement','access-to-work',2,'4938584a82344dc49c05a810ea6208306e1d0aefed334b6309d3fca683fc0c7e',NULL);
INSERT INTO "document" VALUES(3,'organisation','barnardos',1,'99cf306d486c85dbe0895dbee7a52270889f877447306dac203832a7eb497a61',NULL);
INSERT INTO "document" VALUES(4,'organisation','become',1,'a4643b87892455398a5d7d46a3ad566cd472af19022ef06392357d1c74ab0ee8',NULL);
INSERT INTO "document" VALUES(5,'location','centrepoint-consett',1,'6f9e2cf6f966d4b7b314fe3b88f5d8885b61aeb467d5b976a82f87bcaa006a16',NULL);
INSERT INTO "document" VALUES(6,'location','city-hall-lincoln',1,'04ede15b8b9dbc3f3b0fa1efe865159dbd66e9d3f5a23c86e857a44cbd05fc30',NULL);
INSERT INTO "document" VALUES(7,'service','barnardos-lincolnshire-sleaford',2,'4df5364fafa7e0d025a21bcf3fac6261c57406d1cc378d72676b30ff45931b25',NULL);
INSERT INTO "document" VALUES(8,'service','become',2,'2199b8b67e62e29c9c3cd315a089b89a10fd41cc5a361c8ed41eac300345a922',NULL);
CREATE TABLE "feed" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "url" VARCHAR(600) NOT NULL UNIQUE,
    "read_at" TIMESTAMP
);
INSERT INTO "feed" VALUES(1,'https://example.org/openreferral','2026-11-22 07:30:00+00:00');
CREATE TABLE "feedback" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code" VARCHAR(8) NOT NULL UNIQUE,
    "slug" VARCHAR(80) NOT NULL,
    "version" INT NOT NULL,
    "day" DATE NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "text" TEXT NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "answer" VARCHAR(400) NOT NULL
);
INSERT INTO "feedback" VALUES(1,'CDFGHJ34','bus-travel',1,'2026-11-22','wrong','Old.','new','');
CREATE TABLE "geocoder_answer" (
    "key" VARCHAR(64) NOT NULL  PRIMARY KEY,
    "found" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL
);
INSERT INTO "geocoder_answer" VALUES('0000000000000000000000000000000000000000000000000000000000000000','[]',1);
CREATE TABLE "geocoder_turn" (
    "id" INT NOT NULL  PRIMARY KEY,
    "free_at" BIGINT NOT NULL
);
INSERT INTO "geocoder_turn" VALUES(1,0);
CREATE TABLE "helped" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "day" DATE NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "count" INT NOT NULL,
    CONSTRAINT "uid_helped_day_e252e1" UNIQUE ("day", "slug")
);
INSERT INTO "helped" VALUES(1,'2026-11-22','bus-travel',5);
CREATE TABLE "imported_record" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "remote_id" VARCHAR(80) NOT NULL,
    "given" TEXT NOT NULL,
    "staged" TEXT NOT NULL,
    "first_seen" DATE NOT NULL,
    "missed" INT NOT NULL,
    "document_id" INT NOT NULL REFERENCES "document" ("id") ON DELETE CASCADE,
    "feed_id" INT NOT NULL REFERENCES "feed" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_imported_re_feed_id_451dc9" UNIQUE ("feed_id", "kind", "remote_id")
);
INSERT INTO "imported_record" VALUES(1,'service','barnardos-lincolnshire-sleaford','{}','{}','2026-11-22',0,7,1);
INSERT INTO "imported_record" VALUES(2,'service','become','{}','{}','2026-11-22',0,8,1);
CREATE TABLE "link_check" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "url" VARCHAR(600) NOT NULL UNIQUE,
    "checked_at" TIMESTAMP,
    "status" INT,
    "digest" VARCHAR(64) NOT NULL DEFAULT '',
    "problem" VARCHAR(200) NOT NULL DEFAULT '',
    "changed_at" TIMESTAMP,
    "seen_by" INT,
    "failures" INT NOT NULL DEFAULT 0
);
INSERT INTO "link_check" VALUES(1,'https://example.org/','2026-11-22 07:30:00+00:00',200,'','',NULL,NULL,0);
CREATE TABLE "looked_for" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "day" DATE NOT NULL,
    "words" VARCHAR(200) NOT NULL,
    "count" INT NOT NULL,
    CONSTRAINT "uid_looked_for_day_5cc09a" UNIQUE ("day", "words")
);
INSERT INTO "looked_for" VALUES(1,'2026-11-22','removal tattoo',5);
CREATE TABLE "opened" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "day" DATE NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "count" INT NOT NULL,
    CONSTRAINT "uid_opened_day_f0a306" UNIQUE ("day", "kind", "slug")
);
INSERT INTO "opened" VALUES(1,'2026-11-22','entitlement','bus-travel',5);
CREATE TABLE "publication" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL UNIQUE,
    "at" TIMESTAMP NOT NULL,
    "author" VARCHAR(120) NOT NULL,
    "note" VARCHAR(400) NOT NULL,
    "added" INT NOT NULL,
    "changed" INT NOT NULL,
    "removed" INT NOT NULL
);
INSERT INTO "publication" VALUES(1,1,'2026-11-22 07:30:00+00:00','anna','',8,0,0);
INSERT INTO "publication" VALUES(2,2,'2026-11-24 07:30:00+00:00','ben','',0,4,0);
CREATE TABLE "published_revision" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "since" INT NOT NULL,
    "until" INT,
    "revision_id" INT NOT NULL REFERENCES "revision" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_published_r_revisio_ed721c" UNIQUE ("revision_id", "since")
);
INSERT INTO "published_revision" VALUES(1,1,2,1);
INSERT INTO "published_revision" VALUES(2,1,2,2);
INSERT INTO "published_revision" VALUES(3,1,NULL,5);
INSERT INTO "published_revision" VALUES(4,1,NULL,6);
INSERT INTO "published_revision" VALUES(5,1,NULL,3);
INSERT INTO "published_revision" VALUES(6,1,NULL,4);
INSERT INTO "published_revision" VALUES(7,1,2,7);
INSERT INTO "published_revision" VALUES(8,1,2,8);
INSERT INTO "published_revision" VALUES(9,2,NULL,9);
INSERT INTO "published_revision" VALUES(10,2,NULL,10);
INSERT INTO "published_revision" VALUES(11,2,NULL,11);
INSERT INTO "published_revision" VALUES(12,2,NULL,12);
CREATE TABLE "review_item" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "body" TEXT NOT NULL,
    "digest" VARCHAR(64) NOT NULL,
    "file" VARCHAR(200) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "decided_by" VARCHAR(120),
    "decided_at" TIMESTAMP,
    "document_id" INT NOT NULL REFERENCES "document" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_review_item_documen_7876d0" UNIQUE ("document_id", "digest")
);
INSERT INTO "review_item" VALUES(1,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','access-to-care-records.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,1);
INSERT INTO "review_item" VALUES(2,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','access-to-work.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,2);
INSERT INTO "review_item" VALUES(3,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','barnardos.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,3);
INSERT INTO "review_item" VALUES(4,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','become.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,4);
INSERT INTO "review_item" VALUES(5,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','centrepoint-consett.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,5);
INSERT INTO "review_item" VALUES(6,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','city-hall-lincoln.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,6);
INSERT INTO "review_item" VALUES(7,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','barnardos-lincolnshire-sleaford.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,7);
INSERT INTO "review_item" VALUES(8,'{}','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','become.yaml','2026-11-22 07:30:00+00:00','open',NULL,NULL,8);
CREATE TABLE "revision" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "number" INT NOT NULL,
    "body" TEXT NOT NULL,
    "digest" VARCHAR(64) NOT NULL,
    "author" VARCHAR(120) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "origin" VARCHAR(10) NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "note" VARCHAR(400) NOT NULL,
    "document_id" INT NOT NULL REFERENCES "document" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_revision_documen_7f3a2d" UNIQUE ("document_id", "number")
);
INSERT INTO "revision" VALUES(1,1,'{"id":"access-to-care-records","title":"See your care records","authority":"E92000001","area_basis":"england","topic":"adviser-and-rights","stage":"public","in_force":"yes","strength":"entitled","nature":"law","for_care_leavers":true,"summary":"At any age you can ask to see what was written about your time in care. It is free.","easy_read":{"sentences":["You can ask to see what was written about you in care.","It is free, and you can ask at any age.","Ask the council that looked after you."],"symbol":"paper"},"what_you_get":["A copy of the records a council or other organisation holds about you: reports, reviews, letters, sometimes photos.","An answer within 1 month. If your file is large or complicated they can take up to 2 months more, and they must tell you.","Support while you read, if you ask for it. Some of it can be hard to read on your own."],"amount":{"text":"Free. A reply within 1 month, or up to 3 months in all if it is complicated.","pence":0,"per":"request"},"who_for":"Anyone who was ever in care. There is no age limit, and it does not matter how long you were in care or where you live now.","steps":["Write, email or ring the council that looked after you. Say you want to see your care records (the official name is a subject access request).","Give your name, any other names you used, your date of birth, and roughly when you were in care.","Ask who can sit with you while you read, if you would like that.","Complain to the council if nothing comes in time, then to the Information Commissioner''s Office (ICO)."],"bring":["Something that proves who you are"],"decided_by":"The organisation that holds the records, usually the council that looked after you","ask":"the council that looked after you, or your adviser","if_told_no":"They must tell you why, in writing. If they are late, or leave out too much, you can complain to the Information Commissioner''s Office. Your adviser can help you write.","to_say":{"first":"I was in your care, and I want to see my care records. This is a subject access request, so please send me a copy of all that you hold about me. I can give you my full name, any other names, my date of birth and when I was in care. Please answer me in writing within 1 month, and tell me who can sit with me while I read.","if_no":"You have not sent me my care records, or you left parts out. Please send me the reason in writing, and tell me how to complain. If this is not put right, I can go to the Information Commissioner''s Office. I would like someone independent (an advocate) to help me."},"good_to_know":["Details about other people may be covered up.","Councils commonly keep care files until 75 years after your birth, so it is worth asking even years later.","You can stop part-way and come back to it."],"also_known_as":["care records","care file","my file","subject access request","SAR","life story","read my notes","why was I in care","social work records","GDPR request","data request","my history"],"rule":{"id":"once-in-care","fact":"ever_looked_after","is":true,"cite":"Information Commissioner''s Office: My right to better records"},"legal_basis":[{"cite":"ICO: My right to better records","url":"https://cy.ico.org.uk/about-the-ico/campaigns/better-records-together/my-right-to-better-records","read":true}],"sources":[{"name":"ICO: My right to better records","url":"https://cy.ico.org.uk/about-the-ico/campaigns/better-records-together/my-right-to-better-records","seen":"2026-11-22"},{"name":"Stockton council (files kept to 75th anniversary of birth; good practice at any age)","url":"https://stockton.gov.uk/article/9373/Requests-from-care-leavers","seen":"2026-11-22"},{"name":"ACCR: one month, three if complex","url":"https://accesstocarerecords.org.uk/our-work/help-with-records","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-11-22","staff_note":"The data protection law itself was not read: the duty is taken from the ICO page. The 75-year figure is from Stockton''s page."}','f0b9936c94573310955064b4f3d203d4e37bf363d440c67ffcb4f19b73f4f9e6','anna','2026-11-22 07:30:00+00:00','loaded','ready','',1);
INSERT INTO "revision" VALUES(2,1,'{"id":"access-to-work","title":"Money to make work possible with a disability or health condition","authority":"E92000001","area_basis":"england","topic":"work","more_topics":["health","money"],"stage":"public","in_force":"yes","strength":"can_apply","nature":"national-scheme","for_care_leavers":false,"summary":"Access to Work can pay for equipment, a support worker or travel. It is for people who find work hard because of a disability or health condition. You do not pay it back.","easy_read":{"sentences":["You can get money for things that make work possible.","It is for people aged 16 or over who are disabled or unwell.","Ask your work coach or your adviser."],"symbol":"work"},"what_you_get":["Money for things like special equipment, a person to support you, or travel to work.","How much depends on what you need. You do not pay it back."],"amount":{"text":"Depends on what you need"},"who_for":"People aged 16 or over with a disability or health condition, mental health too, who live in England, Wales or Scotland. You must be in paid work, on an apprenticeship, or have a job offer or interview.","steps":["Think about what is hard at work, or on the way there, and what would help.","Apply on GOV.UK. Search for \"Access to Work\".","Tell them about your job offer or start date.","Do not buy things first: wait until they agree."],"bring":["Your job offer or start date","How your condition makes work hard, in your own words"],"decided_by":"The Department for Work and Pensions","ask":"your work coach or your adviser","if_told_no":"Ask for the reasons in writing and ask them to look again. Your adviser or a disability advice group can help. Your employer also has duties to disabled workers: ask what it can do.","to_say":{"first":"I have a disability or a health condition, and I work or have a job offer. I would like help from Access to Work with what is hard for me at work or on the way there. Please tell me in writing what you need from me and when you will decide.","if_no":"You said no to help from Access to Work. Please send me the reason in writing and look at the decision again. Please tell me what more you need to know about my condition and my job."},"good_to_know":["If you only have an interview, it can pay for someone to help you communicate there. The rest needs a job or a start date.","Are you on a work trial, work experience or a supported internship? Ask: it can count too.","Your job has to be somewhere in England, Scotland or Wales, and it has to be paid."],"not_sure":["The page we read had no date, and we read about help at interviews second-hand.","There is a limit to what it pays each year. We did not find the figure."],"also_known_as":["disability at work","ADHD","autism","dyslexia","mental health at work","anxiety","support worker","taxi to work","reasonable adjustments","AtW"],"rule":{"id":"help-at-work","all":[{"id":"age","fact":"age_years","from":16,"cite":"GOV.UK: Access to Work, eligibility"},{"id":"disability","fact":"disability_or_health_condition","is":true,"cite":"GOV.UK: Access to Work, eligibility"},{"id":"work","any":[{"id":"paid-work","fact":"employed","is":true,"cite":"GOV.UK: Access to Work, eligibility"},{"id":"apprentice","fact":"in_education","in":["apprenticeship"],"cite":"GOV.UK: Access to Work, eligibility"},{"id":"job-offer","fact":"job_offer_or_interview","is":true,"cite":"GOV.UK: Access to Work, eligibility"}]},{"id":"lives-in-nation","fact":"residence_nation","in":["england","wales","scotland"],"why":"This is for people who live in England, Wales or Scotland.","cite":"GOV.UK: Access to Work, eligibility"}]},"legal_basis":[{"cite":"GOV.UK: Access to Work, eligibility","url":"https://www.gov.uk/access-to-work/eligibility","read":true},{"cite":"Department for Work and Pensions: Access to Work","url":"https://jobhelp.campaign.gov.uk/access-to-work","read":true}],"sources":[{"name":"GOV.UK: Access to Work, eligibility","url":"https://www.gov.uk/access-to-work/eligibility","seen":"2026-11-22"},{"name":"Job Help: Access to Work","url":"https://jobhelp.campaign.gov.uk/access-to-work","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-05-22"}','3a1c01a10d9372d5ceca266f7099ff4aacd7a7519474b4cce1188e806327e51f','anna','2026-11-22 07:30:00+00:00','loaded','ready','',2);
INSERT INTO "revision" VALUES(3,1,'{"id":"barnardos","name":"Barnardo''s","authority":"E92000001","stage":"public","sources":[{"name":"Sleaford Standard: Thanks to Tesco staff and customers","url":"https://www.sleafordstandard.co.uk/news/thanks-to-tesco-staff-and-customers-1-8351259","seen":"2026-11-22","dated":"28 January 2018"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-05-22"}','99cf306d486c85dbe0895dbee7a52270889f877447306dac203832a7eb497a61','anna','2026-11-22 07:30:00+00:00','loaded','ready','',3);
INSERT INTO "revision" VALUES(4,1,'{"id":"become","name":"Become","authority":"E92000001","stage":"public","website":"https://becomecharity.org.uk","sources":[{"name":"Become: Response to Ofsted","url":"https://becomecharity.org.uk/our-response-to-ofsted-consultation-on-inspections-of-local-authority-childrens-services/","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-02-22"}','a4643b87892455398a5d7d46a3ad566cd472af19022ef06392357d1c74ab0ee8','anna','2026-11-22 07:30:00+00:00','loaded','ready','',4);
INSERT INTO "revision" VALUES(5,1,'{"id":"centrepoint-consett","name":"Centrepoint, Consett","authority":"E06000047","stage":"public","confidential":true,"areas":["E06000047"],"town":"Consett","county":"County Durham","sources":[{"name":"The Northern Echo: MP opens homeless charity centre","url":"http://www.thenorthernecho.co.uk/news/7146820.mp-opens-homeless-charity-centre/","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-02-22"}','6f9e2cf6f966d4b7b314fe3b88f5d8885b61aeb467d5b976a82f87bcaa006a16','anna','2026-11-22 07:30:00+00:00','loaded','ready','',5);
INSERT INTO "revision" VALUES(6,1,'{"id":"city-hall-lincoln","name":"City Hall, Lincoln","authority":"E10000019","stage":"public","areas":["E07000138"],"address":["City Hall"],"town":"Lincoln","county":"Lincolnshire","sources":[{"name":"City of Lincoln Council: Housing advice","url":"https://www.lincoln.gov.uk/housing/homelessness-and-housing-advice/housing-advice/","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-02-22","not_found":["postcode"]}','04ede15b8b9dbc3f3b0fa1efe865159dbd66e9d3f5a23c86e857a44cbd05fc30','anna','2026-11-22 07:30:00+00:00','loaded','ready','',6);
INSERT INTO "revision" VALUES(7,1,'{"id":"barnardos-lincolnshire-sleaford","name":"Barnardo''s Lincolnshire Leaving Care Service (former)","organisation":"barnardos","authority":"E10000019","kind":"leaving-care-team","areas":["E07000136","E07000137","E07000138","E07000139","E07000140","E07000141","E07000142"],"topics":["adviser-and-rights"],"stage":"public","status":"closed","summary":"Closed. Lincolnshire County Council has run the leaving care service itself since 1 April 2025.","sources":[{"name":"Sleaford Standard: Thanks to Tesco staff and customers","url":"https://www.sleafordstandard.co.uk/news/thanks-to-tesco-staff-and-customers-1-8351259","seen":"2026-11-22","dated":"28 January 2018"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-05-22","not_found":["phone number"],"caution":"Closed: the contract ended on 31 March 2025.","staff_note":"Kept only so that old links lead to the new team; the street is left out.","redirect_to":"lincolnshire-leaving-care-service"}','6d8e6f0f21c5331a85b13a3632700a667026d8944b1d0ca1202627588ca84078','anna','2026-11-22 07:30:00+00:00','loaded','ready','',7);
INSERT INTO "revision" VALUES(8,1,'{"id":"become","name":"Become","organisation":"become","authority":"E92000001","kind":"advice","areas":["E92000001"],"topics":["adviser-and-rights","money","housing"],"stage":"public","status":"open","summary":"A charity for young people in care and young care leavers, with an advice line.","description":"They know what a council owes you and can help you ask for it. Advice, not a crisis line.","phones":[{"number":"0800 023 2033","label":"Care Advice Line"}],"website":"https://becomecharity.org.uk","cost":"Free to ring","also_known_as":["advice line","Care Advice Line","care leavers charity"],"sources":[{"name":"Become: Response to Ofsted","url":"https://becomecharity.org.uk/our-response-to-ofsted-consultation-on-inspections-of-local-authority-childrens-services/","seen":"2026-11-22"},{"name":"Become: Policy and campaigns","url":"https://becomecharity.org.uk/improving-the-care-system/policy-and-campaigns/","seen":"2026-11-22","dated":"2021"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-02-22","not_found":["email address","opening hours"],"caution":"The number is from the charity''s pages of 2020 to 2021."}','65f2b60cef943456b2bc13129c29d9399a5b4acae27dd65a174c641bc874feee','anna','2026-11-22 07:30:00+00:00','loaded','ready','',8);
INSERT INTO "revision" VALUES(9,2,'{"id":"access-to-care-records","title":"See your care records","authority":"E92000001","area_basis":"england","topic":"adviser-and-rights","stage":"public","in_force":"yes","strength":"entitled","nature":"law","for_care_leavers":true,"summary":"Changed by staff.","easy_read":{"sentences":["You can ask to see what was written about you in care.","It is free, and you can ask at any age.","Ask the council that looked after you."],"symbol":"paper"},"what_you_get":["A copy of the records a council or other organisation holds about you: reports, reviews, letters, sometimes photos.","An answer within 1 month. If your file is large or complicated they can take up to 2 months more, and they must tell you.","Support while you read, if you ask for it. Some of it can be hard to read on your own."],"amount":{"text":"Free. A reply within 1 month, or up to 3 months in all if it is complicated.","pence":0,"per":"request"},"who_for":"Anyone who was ever in care. There is no age limit, and it does not matter how long you were in care or where you live now.","steps":["Write, email or ring the council that looked after you. Say you want to see your care records (the official name is a subject access request).","Give your name, any other names you used, your date of birth, and roughly when you were in care.","Ask who can sit with you while you read, if you would like that.","Complain to the council if nothing comes in time, then to the Information Commissioner''s Office (ICO)."],"bring":["Something that proves who you are"],"decided_by":"The organisation that holds the records, usually the council that looked after you","ask":"the council that looked after you, or your adviser","if_told_no":"They must tell you why, in writing. If they are late, or leave out too much, you can complain to the Information Commissioner''s Office. Your adviser can help you write.","to_say":{"first":"I was in your care, and I want to see my care records. This is a subject access request, so please send me a copy of all that you hold about me. I can give you my full name, any other names, my date of birth and when I was in care. Please answer me in writing within 1 month, and tell me who can sit with me while I read.","if_no":"You have not sent me my care records, or you left parts out. Please send me the reason in writing, and tell me how to complain. If this is not put right, I can go to the Information Commissioner''s Office. I would like someone independent (an advocate) to help me."},"good_to_know":["Details about other people may be covered up.","Councils commonly keep care files until 75 years after your birth, so it is worth asking even years later.","You can stop part-way and come back to it."],"also_known_as":["care records","care file","my file","subject access request","SAR","life story","read my notes","why was I in care","social work records","GDPR request","data request","my history"],"rule":{"id":"once-in-care","fact":"ever_looked_after","is":true,"cite":"Information Commissioner''s Office: My right to better records"},"legal_basis":[{"cite":"ICO: My right to better records","url":"https://cy.ico.org.uk/about-the-ico/campaigns/better-records-together/my-right-to-better-records","read":true}],"sources":[{"name":"ICO: My right to better records","url":"https://cy.ico.org.uk/about-the-ico/campaigns/better-records-together/my-right-to-better-records","seen":"2026-11-22"},{"name":"Stockton council (files kept to 75th anniversary of birth; good practice at any age)","url":"https://stockton.gov.uk/article/9373/Requests-from-care-leavers","seen":"2026-11-22"},{"name":"ACCR: one month, three if complex","url":"https://accesstocarerecords.org.uk/our-work/help-with-records","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-11-22","staff_note":"The data protection law itself was not read: the duty is taken from the ICO page. The 75-year figure is from Stockton''s page."}','9288f1d888f16c0e52d83e21f683be133d63f65514a9474f2aa37058ac142f48','ben','2026-11-23 07:30:00+00:00','staff','ready','',1);
INSERT INTO "revision" VALUES(10,2,'{"id":"access-to-work","title":"Money to make work possible with a disability or health condition","authority":"E92000001","area_basis":"england","topic":"work","more_topics":["health","money"],"stage":"public","in_force":"yes","strength":"can_apply","nature":"national-scheme","for_care_leavers":false,"summary":"Changed by staff.","easy_read":{"sentences":["You can get money for things that make work possible.","It is for people aged 16 or over who are disabled or unwell.","Ask your work coach or your adviser."],"symbol":"work"},"what_you_get":["Money for things like special equipment, a person to support you, or travel to work.","How much depends on what you need. You do not pay it back."],"amount":{"text":"Depends on what you need"},"who_for":"People aged 16 or over with a disability or health condition, mental health too, who live in England, Wales or Scotland. You must be in paid work, on an apprenticeship, or have a job offer or interview.","steps":["Think about what is hard at work, or on the way there, and what would help.","Apply on GOV.UK. Search for \"Access to Work\".","Tell them about your job offer or start date.","Do not buy things first: wait until they agree."],"bring":["Your job offer or start date","How your condition makes work hard, in your own words"],"decided_by":"The Department for Work and Pensions","ask":"your work coach or your adviser","if_told_no":"Ask for the reasons in writing and ask them to look again. Your adviser or a disability advice group can help. Your employer also has duties to disabled workers: ask what it can do.","to_say":{"first":"I have a disability or a health condition, and I work or have a job offer. I would like help from Access to Work with what is hard for me at work or on the way there. Please tell me in writing what you need from me and when you will decide.","if_no":"You said no to help from Access to Work. Please send me the reason in writing and look at the decision again. Please tell me what more you need to know about my condition and my job."},"good_to_know":["If you only have an interview, it can pay for someone to help you communicate there. The rest needs a job or a start date.","Are you on a work trial, work experience or a supported internship? Ask: it can count too.","Your job has to be somewhere in England, Scotland or Wales, and it has to be paid."],"not_sure":["The page we read had no date, and we read about help at interviews second-hand.","There is a limit to what it pays each year. We did not find the figure."],"also_known_as":["disability at work","ADHD","autism","dyslexia","mental health at work","anxiety","support worker","taxi to work","reasonable adjustments","AtW"],"rule":{"id":"help-at-work","all":[{"id":"age","fact":"age_years","from":16,"cite":"GOV.UK: Access to Work, eligibility"},{"id":"disability","fact":"disability_or_health_condition","is":true,"cite":"GOV.UK: Access to Work, eligibility"},{"id":"work","any":[{"id":"paid-work","fact":"employed","is":true,"cite":"GOV.UK: Access to Work, eligibility"},{"id":"apprentice","fact":"in_education","in":["apprenticeship"],"cite":"GOV.UK: Access to Work, eligibility"},{"id":"job-offer","fact":"job_offer_or_interview","is":true,"cite":"GOV.UK: Access to Work, eligibility"}]},{"id":"lives-in-nation","fact":"residence_nation","in":["england","wales","scotland"],"why":"This is for people who live in England, Wales or Scotland.","cite":"GOV.UK: Access to Work, eligibility"}]},"legal_basis":[{"cite":"GOV.UK: Access to Work, eligibility","url":"https://www.gov.uk/access-to-work/eligibility","read":true},{"cite":"Department for Work and Pensions: Access to Work","url":"https://jobhelp.campaign.gov.uk/access-to-work","read":true}],"sources":[{"name":"GOV.UK: Access to Work, eligibility","url":"https://www.gov.uk/access-to-work/eligibility","seen":"2026-11-22"},{"name":"Job Help: Access to Work","url":"https://jobhelp.campaign.gov.uk/access-to-work","seen":"2026-11-22"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-05-22"}','4938584a82344dc49c05a810ea6208306e1d0aefed334b6309d3fca683fc0c7e','ben','2026-11-23 07:30:00+00:00','staff','ready','',2);
INSERT INTO "revision" VALUES(11,2,'{"id":"barnardos-lincolnshire-sleaford","name":"Barnardo''s Lincolnshire Leaving Care Service (former)","organisation":"barnardos","authority":"E10000019","kind":"leaving-care-team","areas":["E07000136","E07000137","E07000138","E07000139","E07000140","E07000141","E07000142"],"topics":["adviser-and-rights"],"stage":"public","status":"closed","summary":"Changed by staff.","sources":[{"name":"Sleaford Standard: Thanks to Tesco staff and customers","url":"https://www.sleafordstandard.co.uk/news/thanks-to-tesco-staff-and-customers-1-8351259","seen":"2026-11-22","dated":"28 January 2018"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-05-22","not_found":["phone number"],"caution":"Closed: the contract ended on 31 March 2025.","staff_note":"Kept only so that old links lead to the new team; the street is left out.","redirect_to":"lincolnshire-leaving-care-service"}','4df5364fafa7e0d025a21bcf3fac6261c57406d1cc378d72676b30ff45931b25','ben','2026-11-23 07:30:00+00:00','staff','ready','',7);
INSERT INTO "revision" VALUES(12,2,'{"id":"become","name":"Become","organisation":"become","authority":"E92000001","kind":"advice","areas":["E92000001"],"topics":["adviser-and-rights","money","housing"],"stage":"public","status":"open","summary":"Changed by staff.","description":"They know what a council owes you and can help you ask for it. Advice, not a crisis line.","phones":[{"number":"0800 023 2033","label":"Care Advice Line"}],"website":"https://becomecharity.org.uk","cost":"Free to ring","also_known_as":["advice line","Care Advice Line","care leavers charity"],"sources":[{"name":"Become: Response to Ofsted","url":"https://becomecharity.org.uk/our-response-to-ofsted-consultation-on-inspections-of-local-authority-childrens-services/","seen":"2026-11-22"},{"name":"Become: Policy and campaigns","url":"https://becomecharity.org.uk/improving-the-care-system/policy-and-campaigns/","seen":"2026-11-22","dated":"2021"}],"confidence":"found in source","checked_on":"2026-11-22","review_by":"2027-02-22","not_found":["email address","opening hours"],"caution":"The number is from the charity''s pages of 2020 to 2021."}','2199b8b67e62e29c9c3cd315a089b89a10fd41cc5a361c8ed41eac300345a922','ben','2026-11-23 07:30:00+00:00','staff','ready','',8);
CREATE TABLE "staff_account" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "email" VARCHAR(254)  UNIQUE,
    "name" VARCHAR(120) NOT NULL,
    "team" VARCHAR(120) NOT NULL,
    "password" VARCHAR(200),
    "totp" VARCHAR(64),
    "totp_step" BIGINT NOT NULL DEFAULT 0,
    "invitation" VARCHAR(64)  UNIQUE,
    "invited_until" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL,
    "closed_at" TIMESTAMP
);
INSERT INTO "staff_account" VALUES(1,'sam@council.example','Sam','Team','a hash','a secret',1,NULL,NULL,'2026-11-22 07:30:00+00:00',NULL);
CREATE TABLE "staff_change" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "scope" VARCHAR(9) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "note" VARCHAR(400) NOT NULL DEFAULT '',
    "state" VARCHAR(10) NOT NULL,
    "account" INT,
    "team" VARCHAR(120) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "changed_at" TIMESTAMP NOT NULL,
    "publish_at" TIMESTAMP,
    "approved_by" INT,
    "approved_at" TIMESTAMP,
    "version" INT,
    "refused" VARCHAR(400) NOT NULL DEFAULT ''
);
INSERT INTO "staff_change" VALUES(1,'england','Buses','','draft',1,'Team','2026-11-22 07:30:00+00:00','2026-11-22 07:30:00+00:00',NULL,NULL,NULL,NULL,'');
CREATE TABLE "staff_change_item" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "act" VARCHAR(10) NOT NULL,
    "base" INT NOT NULL,
    "body" TEXT NOT NULL,
    "edition" INT NOT NULL,
    "account" INT,
    "change_id" INT NOT NULL REFERENCES "staff_change" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_staff_chang_change__b9166a" UNIQUE ("change_id", "kind", "slug")
);
INSERT INTO "staff_change_item" VALUES(1,'entitlement','bus-travel','save',1,'{"id":"bus-travel","authority":"E92000001"}',1,1,1);
CREATE TABLE "staff_comment" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "account" INT,
    "team" VARCHAR(120) NOT NULL,
    "text" VARCHAR(1000) NOT NULL,
    "change_id" INT NOT NULL REFERENCES "staff_change" ("id") ON DELETE CASCADE
);
INSERT INTO "staff_comment" VALUES(1,'2026-11-22 07:30:00+00:00',1,'Team','Is this right?',1);
CREATE TABLE "staff_identity" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "issuer" VARCHAR(255) NOT NULL,
    "subject" VARCHAR(255) NOT NULL,
    "account_id" INT NOT NULL REFERENCES "staff_account" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_staff_ident_issuer_1b5746" UNIQUE ("issuer", "subject")
);
INSERT INTO "staff_identity" VALUES(1,'https://council.example','1',1);
CREATE TABLE "staff_recovery_code" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code" VARCHAR(64) NOT NULL,
    "account_id" INT NOT NULL REFERENCES "staff_account" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_staff_recov_account_d026e6" UNIQUE ("account_id", "code")
);
INSERT INTO "staff_recovery_code" VALUES(1,'ae14b554406c6e60fb039828c780902d6ce75b014a3a7182b1626d1239924d5a',1);
INSERT INTO "staff_recovery_code" VALUES(2,'546457431fef378e440d57f493dce94a319f17e17aa40321fff8f01fc64cc5ae',1);
INSERT INTO "staff_recovery_code" VALUES(3,'9c34809c7e6b3700f337bea9d486aa0727906057475016528886452cae4459e3',1);
INSERT INTO "staff_recovery_code" VALUES(4,'6127c98f261b7c3b970899e1f0651a48d7fef8158b83f804eec7c3a1c56ae30e',1);
INSERT INTO "staff_recovery_code" VALUES(5,'08907ad863997d673111baba7794040cf0c418dfaa323ab4e73651110ffafc6d',1);
INSERT INTO "staff_recovery_code" VALUES(6,'1e080f9222e9bae9c20ad622f78399d7259a3ae3dda517082fa76870b934be0e',1);
INSERT INTO "staff_recovery_code" VALUES(7,'86d783eac575b81fb9f7115ed56e4d5cadb17f4ff48eaeee20d7321f42b6bb08',1);
INSERT INTO "staff_recovery_code" VALUES(8,'9597778b19890bf53ed68c1be00dc4bca3ccdb5e5788806892ee655365809d41',1);
INSERT INTO "staff_recovery_code" VALUES(9,'664c85cdda146142928958be62d3994e68dd66d4e4e5711900d0392f10dee2ef',1);
INSERT INTO "staff_recovery_code" VALUES(10,'6aa8cb1d9708d77d701ef2e4a035cfe862be939682cc324257c83872e876c380',1);
CREATE TABLE "staff_reminder" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "review_by" DATE NOT NULL,
    "step" INT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_staff_remin_kind_06176e" UNIQUE ("kind", "slug", "review_by", "step")
);
INSERT INTO "staff_reminder" VALUES(1,'entitlement','bus-travel','2026-11-22',30,'2026-11-22 07:30:00+00:00');
CREATE TABLE "staff_role" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "role" VARCHAR(10) NOT NULL,
    "scope" VARCHAR(9) NOT NULL,
    "account_id" INT NOT NULL REFERENCES "staff_account" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_staff_role_account_41b582" UNIQUE ("account_id", "scope")
);
INSERT INTO "staff_role" VALUES(1,'admin','england',1);
CREATE TABLE "staff_scope" (
    "scope" VARCHAR(9) NOT NULL  PRIMARY KEY,
    "four_eyes" INT NOT NULL DEFAULT 1,
    "team" VARCHAR(120) NOT NULL DEFAULT '',
    "mail" VARCHAR(254),
    "escalate_mail" VARCHAR(254),
    "colour" VARCHAR(7) NOT NULL DEFAULT '',
    "words" TEXT NOT NULL,
    "started_at" TIMESTAMP
);
INSERT INTO "staff_scope" VALUES('england',1,'Team',NULL,NULL,'','{}',NULL);
CREATE TABLE "staff_session" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "key" VARCHAR(64) NOT NULL UNIQUE,
    "browser" VARCHAR(40) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP NOT NULL,
    "ended_at" TIMESTAMP,
    "account_id" INT NOT NULL REFERENCES "staff_account" ("id") ON DELETE CASCADE
);
INSERT INTO "staff_session" VALUES(1,'f04b97c1a6d3a53b1880111cf8327b5684d38c6cc2e5b75eba33deba827dbe68','Firefox','2026-11-22 07:30:00+00:00','2026-11-22 07:30:00+00:00',NULL,1);
CREATE TABLE "staff_try" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "what" VARCHAR(64) NOT NULL,
    "at" TIMESTAMP NOT NULL
);
INSERT INTO "staff_try" VALUES(1,'0000000000000000000000000000000000000000000000000000000000000000','2026-11-22 07:30:00+00:00');
CREATE TABLE "staff_turn" (
    "name" VARCHAR(40) NOT NULL  PRIMARY KEY,
    "until" TIMESTAMP NOT NULL
);
INSERT INTO "staff_turn" VALUES('reminders','2026-11-22 07:30:00+00:00');
CREATE TABLE "tortoise_migrations" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
INSERT INTO "tortoise_migrations" VALUES(1,'catalogue','0001_initial','2026-11-23 05:53:14.709170+00:00');
INSERT INTO "tortoise_migrations" VALUES(2,'catalogue','0002_geocoder','2026-11-23 05:53:15.307987+00:00');
INSERT INTO "tortoise_migrations" VALUES(3,'catalogue','0003_open_referral','2026-11-23 05:53:16.760877+00:00');
INSERT INTO "tortoise_migrations" VALUES(4,'catalogue','0004_looked_for','2026-11-23 05:53:17.749916+00:00');
INSERT INTO "tortoise_migrations" VALUES(5,'catalogue','0005_feedback','2026-11-23 05:53:18.290655+00:00');
INSERT INTO "tortoise_migrations" VALUES(6,'catalogue','0006_visit','2026-11-23 05:53:19.969573+00:00');
INSERT INTO "tortoise_migrations" VALUES(7,'catalogue','0007_staff','2026-11-23 05:53:24.669898+00:00');
INSERT INTO "tortoise_migrations" VALUES(8,'catalogue','0008_changes','2026-11-23 05:53:31.345736+00:00');
CREATE TABLE "visit" (
    "id" VARCHAR(32) NOT NULL  PRIMARY KEY,
    "code" VARCHAR(64)  UNIQUE,
    "signing" VARCHAR(64) NOT NULL,
    "version" INT NOT NULL,
    "members" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "knocks" INT NOT NULL,
    "started_at" TIMESTAMP NOT NULL,
    "ends_at" TIMESTAMP NOT NULL
);
INSERT INTO "visit" VALUES('LOOcVTJbB_vBWsgzuOSNEQ','b3160b6f53199c529f1de8f23d8a9f08216e570f57097a2785145ae209afe0ea','1ZH_n1l6IoWALn2cVHXgSlsYUkZh-3iF8a7biqmC2AA',1,'{"gH7wvHncoY20lCTV": "adviser"}','rrYFYglCRfdvi_8YM3UioUl8RC0mK_CqeOmdPy_X8WqcR20s-ba4g4UHcud83VSZhimVH161hgGZXfv4XTHchHe8tKd7vwv7vPVbW5JNsX1udR__lI5Y_FBRM7DguQopzqep72yq8wYtWwrbXfReGz9gz33xmxN2Kk6XQHs1SlVR6SB5rZ7GyZ69AKSH0xbdl5Dj8Qto72vFasFi9pIC5j1znP_k12z9N8gl3x_5B2GFp_sWNoeCcJTdZVJmgUay1JTapTqsJjp_yYv9XzF3f_aEDjH73qAN1T06LJpRAHPk0M0Iic6fpALHtV8nhrfvZX4E9viKdiyNp_FyRTQLRmh9TNzPztrZ6Dt9MY3ywRFzTlb3_6caiKrouRQxWgj2uvjOQiU1h5Q_AWu1iJwxEhzH71O_y-qLeLhQD_MXuwnJAvijfgjlqa98YqQdO_SzAoXafe-qnoDt-GQ-_3dtWVVoqbFwHKidHvidhguZwg8xRfz7MXw4EgYqu4ZXULSjYesZ_n4347KH9NoEKynp-FESjBilGjzduF8CehQJFSKd1_L66u695fL_6uIHciWXnn-SBSHGNjXAoEzQM9MGC9N2a_A0KFF6YIQPuK4gK7sh8KbdArGfcUEPr6A4GV1EgXVBwt461My-fVHbx97wDVFSBbq6KgsSut0KPg08mCrHuCG8yVcXVAA9g7xIQRMzWY-LGfySvTq4cIFr-77Mn_4zNe-vCbIcPck4RjNg5ugb9wNGph7XqOge6-FI7VXm2LF3_YDjcTo47MYYyRsY9xg_0F1YfnsXN4gdzoxllXOnNpHwXRu8HiisJ9Za_ivDv0Ykk1RxLZFgWridc_VzMOe6_9ZU4US01EP0VxKgbsxgJVhaosERh7bgA_f_odwbVKg99RLHrSXjXNJBing52wHEWekUbejkyzSZ8CTq4gLLPsztLIa5ORCeuYEEQEToWE2XT-o4EJ1i9LeiLLkWK3HkY8wOhs4PSHZbvdq2e5PnofIXH0ta1e4ghTSrDrTASHnNO68z9l5eURXt3mL5Hq-d3sDhiw7bcszpfzu0HO5cclOz1Obl-cfUk8HrfDdOQrtwiEPaCtB-vMEMD0nF0GiReO0Ld9dqEyFYLPBMsgLh61HcYbtQyYYRlvVNSfvqOq4jmbuXyaSRBL3eoIrvMBMSHdkoccLem_I5ACjwslz_p-DrVQB3POu_6iGLQcw3NQiPsTBJbpllEGWRhhfhnY3YcNevhD21V2NNj-GC34UNrsd6DGdaiV5a_CkPpZVedfizwPPfanrLuqzgDS54yplytAl1KFgQf6DQ1I06WAtBT3vrMfAw0MNw9HJPnv6FZ4OFNB6eJDldRyiUITtJM6Nzp-K5wMJKnWTIeqBbHKivWaU8FDWAbktrwQr5LhWUIR0JV4igDGI',1,'2026-11-22 07:30:00+00:00','2026-11-22 09:30:00+00:00');
CREATE TABLE "visit_knock" (
    "id" VARCHAR(32) NOT NULL  PRIMARY KEY,
    "public" VARCHAR(64) NOT NULL,
    "handed" TEXT,
    "at" TIMESTAMP NOT NULL,
    "visit_id" VARCHAR(32) NOT NULL REFERENCES "visit" ("id") ON DELETE CASCADE
);
INSERT INTO "visit_knock" VALUES('tx9mSnmp8KBDjJQS','To1QjEKqh2xFFJQnc3uAQwpmK3qZ5uSRZeKlBYCz2Us',NULL,'2026-11-22 07:30:00+00:00','LOOcVTJbB_vBWsgzuOSNEQ');
CREATE TABLE "you_said" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "scope" VARCHAR(9) NOT NULL,
    "slug" VARCHAR(80) NOT NULL,
    "you_said" VARCHAR(400) NOT NULL,
    "we_did" VARCHAR(400) NOT NULL,
    "on" DATE NOT NULL,
    "report" INT
);
INSERT INTO "you_said" VALUES(1,'england','bus-travel','Too old.','New.','2026-11-22',NULL);
CREATE INDEX "idx_publication_at_00e8db" ON "publication" ("at");
CREATE INDEX "idx_review_item_state_5bf728" ON "review_item" ("state");
CREATE INDEX "idx_published_r_until_1cae36" ON "published_revision" ("until");
CREATE INDEX "idx_geocoder_an_expires_17bdf1" ON "geocoder_answer" ("expires_at");
CREATE INDEX "idx_feedback_day_a500b9" ON "feedback" ("day");
CREATE INDEX "idx_visit_ends_at_255187" ON "visit" ("ends_at");
CREATE INDEX "idx_staff_sessi_account_454c70" ON "staff_session" ("account_id", "ended_at");
CREATE TRIGGER audit_log_no_update BEFORE update ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_log_no_delete BEFORE delete ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE INDEX "idx_staff_chang_state_e36698" ON "staff_change" ("state", "publish_at");
CREATE INDEX "idx_staff_try_what_c2c380" ON "staff_try" ("what");
CREATE INDEX "idx_staff_try_at_00f408" ON "staff_try" ("at");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tortoise_migrations',8);
INSERT INTO "sqlite_sequence" VALUES('document',8);
INSERT INTO "sqlite_sequence" VALUES('revision',12);
INSERT INTO "sqlite_sequence" VALUES('published_revision',12);
INSERT INTO "sqlite_sequence" VALUES('publication',2);
INSERT INTO "sqlite_sequence" VALUES('review_item',8);
INSERT INTO "sqlite_sequence" VALUES('feed',1);
INSERT INTO "sqlite_sequence" VALUES('imported_record',2);
INSERT INTO "sqlite_sequence" VALUES('looked_for',1);
INSERT INTO "sqlite_sequence" VALUES('opened',1);
INSERT INTO "sqlite_sequence" VALUES('feedback',1);
INSERT INTO "sqlite_sequence" VALUES('helped',1);
INSERT INTO "sqlite_sequence" VALUES('staff_account',1);
INSERT INTO "sqlite_sequence" VALUES('staff_role',1);
INSERT INTO "sqlite_sequence" VALUES('staff_recovery_code',10);
INSERT INTO "sqlite_sequence" VALUES('staff_session',1);
INSERT INTO "sqlite_sequence" VALUES('staff_change',1);
INSERT INTO "sqlite_sequence" VALUES('staff_change_item',1);
INSERT INTO "sqlite_sequence" VALUES('staff_comment',1);
INSERT INTO "sqlite_sequence" VALUES('staff_reminder',1);
INSERT INTO "sqlite_sequence" VALUES('staff_try',1);
INSERT INTO "sqlite_sequence" VALUES('link_check',1);
INSERT INTO "sqlite_sequence" VALUES('you_said',1);
INSERT INTO "sqlite_sequence" VALUES('staff_identity',1);
COMMIT;
