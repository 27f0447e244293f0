--liquibase formatted sql

--changeset brand:0002
--comment Pictures as we made them of uploads; rows never change, so browsers may keep their addresses for ever.
create table brand_picture (
    id uuid not null,
    media_type text not null,
    content bytea not null,
    width integer not null,
    height integer not null,
    published boolean not null default false,
    created_at timestamptz not null,
    constraint brand_picture_pk primary key (id),
    constraint brand_picture_media_type_ck check (media_type in ('image/png', 'image/jpeg', 'image/svg+xml')),
    constraint brand_picture_content_ck check (octet_length(content) between 1 and 1048576),
    constraint brand_picture_size_ck check (width between 1 and 4096 and height between 1 and 4096)
);
comment on table brand_picture is 'Logos, icons and backgrounds; published once a version of the brand has shown them, drafts before';
--rollback drop table brand_picture;

--changeset brand:0003
--comment The rest of how a reseller looks and speaks. The column logo is read no more; it goes a release later.
alter table brand
    add column neutral_colour char(7) not null default '#5a7299',
    add column font text not null default 'SYSTEM',
    add column density text not null default 'COMFORTABLE',
    add column backdrop text not null default 'DRAWING',
    add column support_email text not null default '',
    add column support_phone text not null default '',
    add column support_url text not null default '',
    add column support_hours text not null default '',
    add column sender_name text not null default '',
    add column sender_address text not null default '',
    add column reply_to text not null default '',
    add column footer_labels text[] not null default '{}',
    add column footer_urls text[] not null default '{}',
    add column logo_id uuid,
    add column logo_dark_id uuid,
    add column icon_id uuid,
    add column backdrop_id uuid,
    add constraint brand_neutral_colour_ck check (neutral_colour ~ '^#[0-9a-f]{6}$'),
    add constraint brand_font_ck check (font in ('SYSTEM', 'HUMANIST', 'GEOMETRIC', 'ROUNDED', 'SERIF', 'SLAB')),
    add constraint brand_density_ck check (density in ('COMFORTABLE', 'COMPACT')),
    add constraint brand_backdrop_ck check (backdrop in ('NONE', 'DRAWING', 'GRADIENT', 'PICTURE')),
    add constraint brand_header_ck check (sender_name || sender_address || reply_to !~ '[[:cntrl:]]'),
    add constraint brand_footer_ck check (cardinality(footer_labels) = cardinality(footer_urls) and cardinality(footer_labels) <= 6),
    add constraint brand_logo_fk foreign key (logo_id) references brand_picture (id),
    add constraint brand_logo_dark_fk foreign key (logo_dark_id) references brand_picture (id),
    add constraint brand_icon_fk foreign key (icon_id) references brand_picture (id),
    add constraint brand_backdrop_fk foreign key (backdrop_id) references brand_picture (id);
insert into brand_picture (id, media_type, content, width, height, published, created_at)
select gen_random_uuid(), 'image/png', logo, 480, 144, true, changed_at from brand where logo is not null;
update brand set logo_id = (select id from brand_picture) where logo is not null;
--rollback alter table brand drop column neutral_colour, drop column font, drop column density, drop column backdrop, drop column support_email, drop column support_phone, drop column support_url, drop column support_hours, drop column sender_name, drop column sender_address, drop column reply_to, drop column footer_labels, drop column footer_urls, drop column logo_id, drop column logo_dark_id, drop column icon_id, drop column backdrop_id;

--changeset brand:0004
--comment Every published state of the brand, to look back at and to return to.
create table brand_version (
    version bigint not null,
    published_at timestamptz not null,
    published_by text not null,
    settings jsonb not null,
    constraint brand_version_pk primary key (version)
);
comment on table brand_version is 'The row of table brand as each version had it';
insert into brand_version (version, published_at, published_by, settings)
select version, changed_at, '', to_jsonb(brand) - 'logo' from brand;
--rollback drop table brand_version;

--changeset brand:0005
--comment Imprint, terms and privacy as Markdown; what people agreed to once can always be read again.
create table legal_text (
    kind text not null,
    version integer not null,
    body text not null,
    published_at timestamptz not null,
    published_by text not null,
    constraint legal_text_pk primary key (kind, version),
    constraint legal_text_kind_ck check (kind in ('IMPRINT', 'TERMS', 'PRIVACY')),
    constraint legal_text_body_ck check (length(body) <= 60000)
);
comment on table legal_text is 'The highest version of a kind is in force; an empty body takes the page away';
--rollback drop table legal_text;
