package io.tenantry.brand;

import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Changes of the brand by the reseller: atomic, effective with the next request on every node; every version is kept and can be restored.
 * Requires {@code staff_settings_manage}.
 */
@Stateless
public class BrandEditor {
    private static final int HISTORY_MAX = 50;

    private static final String VERSION = """
            insert into brand_version (version, published_at, published_by, settings)
            select version, changed_at, ?, to_jsonb(brand) from brand
            on conflict (version) do nothing
            """;

    private static final String OF_VERSION = """
            select b.*
              from brand_version v
             cross join lateral jsonb_populate_record(null::brand, v.settings) b
             where v.version = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Brands brands;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** The result of publishing. */
    public sealed interface Outcome {
        /** It is in force, as this version. */
        record Published(long version) implements Outcome {}

        /** Nothing changed: these fields are invalid. */
        record Invalid(List<BrandDraft.Field> fields) implements Outcome {}

        /** Nothing changed: a newer version was published after the draft was started. */
        record Outdated() implements Outcome {}
    }

    /** A published version as shown in a list. */
    public record Version(long version, Instant at, String by, String name, Colour primary, Colour secondary) {}

    /** Returns the brand in force, for editing. */
    public Brand current() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return brands.current();
    }

    /** Returns the permitted domains of the sender's address. */
    public SenderDomains senderDomains() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return SenderDomains.of(tenants.current(), tenants.all(), settings.platformHost());
    }

    /** Stores a picture for a draft; it is visible to no one else until a version with it is published. */
    public UUID keep(ImageUpload.Outcome.Accepted picture) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return brands.keep(picture);
    }

    /** Whether the current actor may see pictures that were never published. */
    public boolean maySeeDrafts() {
        return access.allows(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Publishes a draft, unless it is outdated. */
    public Outcome publish(BrandDraft draft) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = draft.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var brand = draft.brand();
        var sender = brand.contact().senderAddress();
        if (!sender.isEmpty() && !senderDomains().cover(sender)) {
            return new Outcome.Invalid(List.of(BrandDraft.Field.SENDER_DOMAIN));
        }
        return put(brand, "brand.published", Map.of());
    }

    /** Publishes an earlier version again, as a new one. */
    public Outcome restore(long version) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return restore(version, brands.current().version());
    }

    /** Reverts the publication of a version: the previous one is in force again, unless a newer one was published since. */
    public Outcome takeBack(long version) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return restore(version - 1, version);
    }

    private Outcome restore(long version, long base) {
        var earlier = sql.first(OF_VERSION, Brands::brand, version)
                .orElseThrow(() -> new NotFoundException("version of the brand", version));
        return put(
                new Brand(
                        earlier.name(),
                        earlier.style(),
                        earlier.contact(),
                        earlier.links(),
                        earlier.brandImages(),
                        base),
                "brand.restored",
                Map.of("restored", version));
    }

    /** Returns the versions, the newest first. */
    public List<Version> history() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.query(
                """
                select version, published_at, published_by, settings ->> 'name' as name,
                       settings ->> 'primary_colour' as primary_colour, settings ->> 'secondary_colour' as secondary_colour
                  from brand_version
                 order by version desc
                 limit ?
                """,
                row -> new Version(
                        row.big("version"),
                        row.instant("published_at"),
                        row.text("published_by"),
                        row.text("name"),
                        Colour.of(row.text("primary_colour")),
                        Colour.of(row.text("secondary_colour"))),
                HISTORY_MAX);
    }

    /** The previous version is stored too: a reseller just created has no row yet. */
    private Outcome put(Brand brand, String action, Map<String, Object> facts) {
        sql.update(VERSION, "");
        if (!brands.save(brand)) {
            return new Outcome.Outdated();
        }
        sql.update(VERSION, Actors.current().map(Actor::name).orElse(""));
        var version = brands.current().version();
        var all = new HashMap<String, Object>(facts);
        all.put("name", brand.name());
        all.put("primary", brand.primary().hex());
        audit.record(action, "brand", Long.toString(version), all);
        return new Outcome.Published(version);
    }
}
