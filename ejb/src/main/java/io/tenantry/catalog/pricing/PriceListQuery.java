package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceBook.ListLevel;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Price lists, their versions and prices, as operators see them. In the scope of the platform. */
@Stateless
public class PriceListQuery {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    /** For the container. */
    public PriceListQuery() {}

    /** For use outside a container. */
    PriceListQuery(Sql sql, Clock clock, Access access) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
    }

    /** The owner of a list. */
    public sealed interface Owner {
        /** All resellers with that home currency. */
        record All() implements Owner {}

        /** A group of resellers. */
        record Group(UUID id, String name) implements Owner {}

        /** One reseller. */
        record Reseller(TenantId tenant) implements Owner {}

        /** Returns the layer of its price book. */
        default ListLevel layer() {
            if (this instanceof All) {
                return ListLevel.ALL;
            }
            return this instanceof Group ? ListLevel.GROUP : ListLevel.RESELLER;
        }
    }

    /** A version's number and the instant from which it is in force. */
    public record Dated(int number, Instant from) {}

    /**
     * A list.
     *
     * @param now the version in force
     * @param next the next announced version
     * @param draftId the draft, if there is one
     * @param items the number of prices in the version in force, or in the first to come
     */
    public record Summary(
            UUID id,
            Owner owner,
            Currency currency,
            Optional<Dated> now,
            Optional<Dated> next,
            Optional<UUID> draftId,
            int items) {}

    /**
     * A version without its prices.
     *
     * @param validFrom empty for a draft
     * @param withdrawnAt when it was withdrawn, before it took effect
     */
    public record Version(
            UUID id,
            UUID listId,
            int number,
            boolean isDraft,
            String note,
            Optional<Instant> validFrom,
            Instant createdAt,
            String createdBy,
            Optional<Instant> publishedAt,
            Optional<String> publishedBy,
            Optional<Instant> withdrawnAt,
            int items) {
        public boolean isWithdrawn() {
            return withdrawnAt.isPresent();
        }
    }

    /**
     * A difference between two versions.
     *
     * @param before empty if the price is new
     * @param after empty if it was removed
     */
    public record Change(PriceKey key, Optional<PriceItem> before, Optional<PriceItem> after) {}

    /** Returns all lists: general ones first, then those of groups, then of single resellers. */
    public List<Summary> all() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var now = clock.instant();
        return sql.query(
                PriceListRows.LISTS
                        + " order by num_nonnulls(l.account_id, l.group_id), a.tenant nulls first, lower(g.name),"
                        + " l.currency",
                PriceListRows::summary,
                now,
                now);
    }

    /** Returns one list. */
    public Summary one(UUID listId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var now = clock.instant();
        return sql.first(PriceListRows.LISTS + " and l.id = ?", PriceListRows::summary, now, now, listId)
                .orElseThrow(() -> new NotFoundException("price list", listId));
    }

    /** Returns its versions, the latest first. */
    public List<Version> versions(UUID listId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return new PriceListRepository(sql).versions(listId);
    }

    /** Returns one version. */
    public Version version(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return new PriceListRepository(sql).version(versionId);
    }

    /** Returns its prices in order. */
    public List<PriceItem> items(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return new PriceListRepository(sql).items(versionId);
    }

    /** Returns the differences of the second version from the first, in order. */
    public List<Change> compare(UUID before, UUID after) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var repository = new PriceListRepository(sql);
        var old = repository.byKey(before);
        var fresh = repository.byKey(after);
        var keys = new TreeSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        var changes = new ArrayList<Change>();
        for (var key : keys) {
            var was = Optional.ofNullable(old.get(key));
            var is = Optional.ofNullable(fresh.get(key));
            if (!was.map(PriceItem::offer).equals(is.map(PriceItem::offer))) {
                changes.add(new Change(key, was, is));
            }
        }
        return List.copyOf(changes);
    }
}
