package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceLists.Owner;
import io.tenantry.catalog.pricing.PriceLists.Version;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Withdrawal of price list versions before they take effect. No hour is charged before it starts, so nothing has been charged by such a
 * version. In the scope of the platform.
 */
@Stateless
public class PriceListWithdrawals {
    private static final String BEFORE = PriceListRepository.VERSIONS + """
             where v.list_id = ? and v.state = 'PUBLISHED' and (v.valid_from, v.number) < (?, ?)
             order by v.valid_from desc, v.number desc limit 1
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    PriceLists lists;

    /** For the container. */
    public PriceListWithdrawals() {}

    /** For use outside a container. */
    PriceListWithdrawals(Sql sql, Clock clock, Access access, AuditTrail audit, PriceLists lists) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.lists = lists;
    }

    /** The result of a withdrawal. */
    public sealed interface Outcome {
        /** The version is withdrawn. */
        record Done() implements Outcome {}

        /** It is a draft, has been withdrawn already, or has taken effect. */
        record NotComing() implements Outcome {}

        /** These have no price without it, and may already have been sold for later. */
        record Needed(List<PriceKey> keys) implements Outcome {}
    }

    /** Whether a version can still be withdrawn: it is published and has not taken effect. */
    public boolean isComing(Version version) {
        return !version.isWithdrawn()
                && version.validFrom().filter(this::isLater).isPresent();
    }

    private boolean isLater(Instant from) {
        return clock.instant().isBefore(from);
    }

    /** Returns the version of the same list whose prices apply instead; empty if those of wider lists do. */
    public Optional<Version> instead(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return before(lists.version(versionId));
    }

    private Optional<Version> before(Version version) {
        return version.validFrom()
                .flatMap(from ->
                        sql.first(BEFORE, PriceListRepository::version, version.listId(), from, version.number()));
    }

    /**
     * Withdraws a version before it takes effect. A general list keeps a price for everything that it had one for: so nothing that is sold is
     * ever without a price.
     */
    public Outcome withdraw(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        lists.hold(lists.version(versionId).listId());
        var version = lists.version(versionId);
        if (!isComing(version)) {
            return new Outcome.NotComing();
        }
        var before = before(version);
        var needed = needed(version, before);
        if (!needed.isEmpty()) {
            return new Outcome.Needed(needed);
        }
        sql.update(
                "update price_list_version set state = 'WITHDRAWN', withdrawn_at = ?, withdrawn_by = ? where id = ?",
                clock.instant(),
                Actors.require().name(),
                versionId);
        audit.record(
                "price_list.withdrawn",
                PriceLists.SUBJECT,
                version.listId().toString(),
                Map.of(
                        "version",
                        version.number(),
                        "valid_from",
                        version.validFrom().orElseThrow(),
                        "instead",
                        before.map(one -> String.valueOf(one.number())).orElse("")));
        return new Outcome.Done();
    }

    private List<PriceKey> needed(Version version, Optional<Version> before) {
        if (!(lists.one(version.listId()).owner() instanceof Owner.All)) {
            return List.of();
        }
        var kept = new HashSet<PriceKey>();
        before.ifPresent(one -> kept.addAll(keys(one)));
        return keys(version).stream().filter(key -> !kept.contains(key)).toList();
    }

    private List<PriceKey> keys(Version version) {
        return lists.items(version.id()).stream().map(PriceItem::key).toList();
    }
}
