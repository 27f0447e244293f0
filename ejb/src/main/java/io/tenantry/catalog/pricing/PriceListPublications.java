package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceListQuery.Owner;
import io.tenantry.catalog.pricing.PriceListQuery.Version;
import io.tenantry.catalog.pricing.PriceLists.Outcome;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.DateRange;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Publication of drafts of price lists. In the scope of the platform. */
@Stateless
public class PriceListPublications {
    /** The maximum length of a note. */
    public static final int NOTE_MAX = 500;

    /** The tolerance for an instant in the past, as filling in a form takes a while. */
    private static final Duration LATE_MAX = Duration.ofMinutes(1);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    PriceListQuery query;

    /** For the container. */
    public PriceListPublications() {}

    /** For use outside a container. */
    PriceListPublications(Sql sql, Clock clock, Access access, AuditTrail audit, PriceListQuery query) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.query = query;
    }

    /**
     * Publishes a draft from an instant on. Started hours keep their price, so this is not before now; a version with the same start as another
     * replaces it, an earlier start is refused. A general list keeps a price for everything that it had one for, and a narrower list has only
     * subjects that the general one has a price for: so nothing that is sold is ever without a price.
     *
     * @param validFrom empty for now
     * @param note for operators, such as the reason for the change
     */
    public Outcome publish(UUID versionId, Optional<Instant> validFrom, String note) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var repository = new PriceListRepository(sql);
        var version = repository.locked(versionId);
        if (!version.isDraft()) {
            return new Outcome.Published();
        }
        if (note.length() > NOTE_MAX) {
            throw new IllegalArgumentException("a note has at most " + NOTE_MAX + " characters");
        }
        var prices = repository.byKey(versionId);
        if (prices.isEmpty()) {
            return new Outcome.Empty();
        }
        var now = clock.instant();
        // Filling in a form takes a while: what was now a moment ago still means now.
        var asked = validFrom
                .filter(from -> from.isBefore(now.minus(LATE_MAX)) || from.isAfter(now))
                .orElse(now);
        var before = repository.latest(version.listId());
        var earliest = before.flatMap(Version::validFrom).filter(now::isBefore).orElse(now);
        if (asked.isBefore(earliest)) {
            return new Outcome.TooEarly(earliest);
        }
        var latest = DateRange.latest(now);
        if (asked.isAfter(latest)) {
            return new Outcome.TooLate(latest);
        }
        var list = query.one(version.listId());
        var keys = prices.keySet();
        if (list.owner() instanceof Owner.All) {
            var missing = before.map(known -> repository.byKey(known.id()).keySet().stream()
                            .filter(key -> !keys.contains(key))
                            .toList())
                    .orElse(List.of());
            if (!missing.isEmpty()) {
                return new Outcome.Missing(missing);
            }
        } else {
            var unlisted = unlisted(list.currency(), asked, keys);
            if (!unlisted.isEmpty()) {
                return new Outcome.Unlisted(unlisted);
            }
        }
        sql.update("""
            update price_list_version
               set state = 'PUBLISHED', note = ?, valid_from = ?, published_at = ?, published_by = ?
             where id = ?
            """, note.strip(), asked, now, Actors.require().name(), versionId);
        audit.record(
                "price_list.published",
                PriceLists.SUBJECT,
                version.listId().toString(),
                Map.of("version", version.number(), "valid_from", asked, "prices", prices.size()));
        return new Outcome.Done(versionId);
    }

    private List<PriceKey> unlisted(Currency currency, Instant at, Collection<PriceKey> keys) {
        var all = sql.first(PriceListRows.VERSIONS + """
             where v.list_id = (select l.id from price_list l
                                 where l.currency = ? and num_nonnulls(l.account_id, l.group_id) = 0)
               and v.state = 'PUBLISHED' and v.valid_from <= ?
             order by v.valid_from desc, v.number desc limit 1
            """, PriceListRows::version, currency, at)
                .map(version -> new PriceListRepository(sql).byKey(version.id()))
                .orElseGet(() -> PriceItem.byKey(List.of()));
        return keys.stream()
                .filter(key -> !all.containsKey(key) && !all.containsKey(key.everywhere()))
                .toList();
    }
}
