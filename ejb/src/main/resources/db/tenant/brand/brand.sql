--liquibase formatted sql

--changeset brand:baseline splitStatements:false

-- Images as encoded from uploads; rows never change, so browsers may cache their URLs forever.
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

-- How the tenant looks: one row. The logo is stored as encoded by the application, never as it was uploaded.
create table brand (
    one boolean not null default true,
    name text not null,
    primary_colour char(7) not null,
    secondary_colour char(7) not null,
    accent_colour char(7) not null,
    radius smallint not null default 12,
    version bigint not null default 1,
    changed_at timestamptz not null,
    neutral_colour char(7) not null default '#5a7299',
    font text not null default 'SYSTEM',
    density text not null default 'COMFORTABLE',
    backdrop text not null default 'DRAWING',
    support_email text not null default '',
    support_phone text not null default '',
    support_url text not null default '',
    support_hours text not null default '',
    sender_name text not null default '',
    sender_address text not null default '',
    reply_to text not null default '',
    footer_labels text[] not null default '{}',
    footer_urls text[] not null default '{}',
    logo_id uuid,
    logo_dark_id uuid,
    icon_id uuid,
    backdrop_id uuid,
    constraint brand_pk primary key (one),
    constraint brand_logo_fk foreign key (logo_id) references brand_picture (id),
    constraint brand_logo_dark_fk foreign key (logo_dark_id) references brand_picture (id),
    constraint brand_icon_fk foreign key (icon_id) references brand_picture (id),
    constraint brand_backdrop_fk foreign key (backdrop_id) references brand_picture (id),
    constraint brand_one_ck check (one),
    constraint brand_name_ck check (length(name) between 1 and 60),
    constraint brand_primary_colour_ck check (primary_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_secondary_colour_ck check (secondary_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_accent_colour_ck check (accent_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_radius_ck check (radius between 0 and 24),
    constraint brand_neutral_colour_ck check (neutral_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_font_ck check (font in ('SYSTEM', 'HUMANIST', 'GEOMETRIC', 'ROUNDED', 'SERIF', 'SLAB')),
    constraint brand_density_ck check (density in ('COMFORTABLE', 'COMPACT')),
    constraint brand_backdrop_ck check (backdrop in ('NONE', 'DRAWING', 'GRADIENT', 'PICTURE')),
    constraint brand_header_ck check (sender_name || sender_address || reply_to !~ '[[:cntrl:]]'),
    constraint brand_footer_ck check (cardinality(footer_labels) = cardinality(footer_urls) and cardinality(footer_labels) <= 6)
);
comment on table brand is 'How the reseller looks and speaks; the version is part of the URLs, so browsers may cache them';

-- Every published state of the brand, to view and to restore.
create table brand_version (
    version bigint not null,
    published_at timestamptz not null,
    published_by text not null,
    settings jsonb not null,
    constraint brand_version_pk primary key (version)
);
comment on table brand_version is 'The row of table brand in each version';

-- Imprint, terms and privacy as Markdown; every version that people have agreed to stays readable.
create table legal_text (
    kind text not null,
    version integer not null,
    body text not null,
    published_at timestamptz not null,
    published_by text not null,
    constraint legal_text_pk primary key (kind, version),
    constraint legal_text_body_ck check (length(body) <= 60000),
    constraint legal_text_kind_ck check (kind in ('IMPRINT', 'TERMS', 'PRIVACY', 'WITHDRAWAL'))
);
comment on table legal_text is 'The highest version of a kind is in force; an empty body removes the page';
