--liquibase formatted sql

--changeset storefront:baseline splitStatements:false

-- The reseller's public content. All of it belongs to the tenant; none of it is about money.
create table site_text (
    slot text not null,
    language text not null,
    text text not null,
    changed_at timestamptz not null,
    constraint site_text_pk primary key (slot, language),
    constraint site_text_slot_ck check (slot in ('HEADLINE', 'LEAD', 'ABOUT')),
    constraint site_text_language_ck check (language ~ '^[a-z]{2}$'),
    constraint site_text_text_ck check (length(text) between 1 and 20000)
);
comment on table site_text is 'the reseller''s own texts on its first page; without them, the page shows what is true of every brand';

create table faq_entry (
    id uuid not null,
    language text not null,
    position integer not null,
    question text not null,
    answer text not null,
    changed_at timestamptz not null,
    constraint faq_entry_pk primary key (id),
    constraint faq_entry_language_ck check (language ~ '^[a-z]{2}$'),
    constraint faq_entry_question_ck check (length(question) between 1 and 200),
    constraint faq_entry_answer_ck check (length(answer) between 1 and 5000)
);
create index faq_entry_place_ix on faq_entry (language, position, id);
comment on table faq_entry is 'questions asked before buying, in the reseller''s order; answers in Markdown';

create table region_location (
    region text not null,
    latitude numeric(7, 4) not null,
    longitude numeric(7, 4) not null,
    constraint region_location_pk primary key (region),
    constraint region_location_region_fk foreign key (region) references region (code),
    constraint region_location_ck check (latitude between -90 and 90 and longitude between -180 and 180)
);
comment on table region_location is 'position of a region on the map';

create table incident (
    id uuid not null,
    title text not null,
    impact text not null,
    region text,
    started_at timestamptz not null,
    ended_at timestamptz,
    constraint incident_pk primary key (id),
    constraint incident_region_fk foreign key (region) references region (code),
    constraint incident_impact_ck check (impact in ('MAINTENANCE', 'DEGRADED', 'OUTAGE')),
    constraint incident_title_ck check (length(title) between 1 and 120),
    constraint incident_span_ck check (ended_at > started_at)
);
create index incident_began_ix on incident (started_at);
comment on table incident is 'entries of the status page: maintenance and disruptions, of one region or of all; open while ended_at is empty';

create table incident_update (
    id uuid not null,
    incident_id uuid not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    note text not null,
    constraint incident_update_pk primary key (id),
    constraint incident_update_incident_fk foreign key (incident_id) references incident (id),
    constraint incident_update_note_ck check (length(note) between 1 and 2000)
);
create index incident_update_disruption_ix on incident_update (incident_id, recorded_at);
comment on table incident_update is 'updates about an incident while it lasted; appended, never changed. The author is visible to staff only';

create table contact_message (
    id uuid not null,
    sent_at timestamptz not null,
    name text not null,
    email text not null,
    subject text not null,
    message text not null,
    language text not null,
    done_at timestamptz,
    done_by text,
    constraint contact_message_pk primary key (id),
    constraint contact_message_name_ck check (length(name) between 1 and 120),
    constraint contact_message_email_ck check (length(email) between 3 and 254),
    constraint contact_message_subject_ck check (length(subject) between 1 and 160),
    constraint contact_message_message_ck check (length(message) between 1 and 5000),
    constraint contact_message_done_ck check ((done_at is null) = (done_by is null))
);
create index contact_message_open_ix on contact_message (sent_at) where done_at is null;
create index contact_message_sent_ix on contact_message (sent_at);
comment on table contact_message is 'messages sent by the contact form; deleted half a year after they were handled';
