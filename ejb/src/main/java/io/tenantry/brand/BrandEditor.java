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
 * How a reseller changes the brand: in one act, effective with the next request on every node; every version is kept and can be
 * returned to. Asks for {@code staff_settings_manage}.
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

    /** How publishing ended. */
    public sealed interface Outcome {
        /** It is in force, as this version. */
        record Published(long version) implements Outcome {}

        /** Nothing changed: these fields are wrong. */
        record Invalid(List<BrandDraft.Field> fields) implements Outcome {}

        /** Nothing changed: somebody else has published since the draft was begun. */
        record Outdated() implements Outcome {}
    }

    /** A published version as a list shows it. */
    public record Version(long version, Instant at, String by, String name, Colour primary, Colour secondary) {}

    /** The brand in force, to be changed. */
    public Brand current() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return brands.current();
    }

    /** Which domains the sender's address may be of. */
    public SenderDomains senderDomains() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return SenderDomains.of(tenants.current(), tenants.all(), settings.platformHost());
    }

    /** Takes a picture for a draft; it is shown to nobody else until a version with it is published. */
    public UUID keep(ImageUpload.Outcome.Made picture) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return brands.keep(picture);
    }

    /** Whether the one who asks may see a picture that was never published. */
    public boolean maySeeDrafts() {
        return access.allows(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Puts a draft in force, if nobody was faster. */
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

    /** Puts an earlier version in force again, as a new one. */
    public Outcome restore(long version) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return restore(version, brands.current().version());
    }

    /** Takes the publication of a version back: the one before it is in force again, if nobody has published since. */
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
                        earlier.look(),
                        earlier.contact(),
                        earlier.links(),
                        earlier.brandImages(),
                        base),
                "brand.restored",
                Map.of("restored", version));
    }

    /** The versions, the newest first. */
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

    /** The version before is kept too: of a reseller just made there is no row yet. */
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
