package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceListQuery.Version;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Price lists as managed by operators. A list applies to all resellers whose home currency is its currency, to a group of resellers, or to one
 * reseller; it has versions. A version is a draft until it is {@linkplain PriceListPublications published} from an instant on; then it is never
 * changed, and a mistake is corrected by another version, or {@linkplain PriceListWithdrawals withdrawn} before it takes effect. In the scope
 * of the platform.
 */
@Stateless
public class PriceLists {
    /** The maximum number of prices in a version. */
    public static final int ITEMS_MAX = 5_000;

    static final String SUBJECT = "price_list";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ResellerAccountDirectory books;

    /** For the container. */
    public PriceLists() {}

    /** For use outside a container. */
    PriceLists(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            ResellerAccountDirectory books) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.books = books;
    }

    /** The result of a change. */
    public sealed interface Outcome {
        /** The change was made; the id is that of the list or version. */
        record Done(UUID id) implements Outcome {}

        /** A list of that owner in that currency already exists. */
        record Exists(UUID id) implements Outcome {}

        /** It has no prices, or too many. */
        record Empty() implements Outcome {}

        /** It would start in the past, or before a published version. */
        record TooEarly(Instant earliest) implements Outcome {}

        /** It would begin so far ahead that it must be a slip of the pen. */
        record TooLate(Instant latest) implements Outcome {}

        /** These prices of the version before are missing: what is sold at them would have none. */
        record Missing(List<PriceKey> keys) implements Outcome {}

        /** For these the general list has no price to fall back to. */
        record Unlisted(List<PriceKey> keys) implements Outcome {}

        /** These are invalid. */
        record Invalid(List<PriceKey> keys) implements Outcome {}

        /** It is published and can no longer be changed. */
        record Published() implements Outcome {}
    }

    /** Creates a general list for a home currency, with an empty draft. */
    public Outcome open(Currency currency) {
        return open(currency, null, null);
    }

    /** Creates a list of a group of resellers in a currency, with an empty draft. */
    public Outcome openForGroup(UUID groupId, Currency currency) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var unused = sql.first("select id from reseller_group_v where id = ?", row -> row.uuid("id"), groupId)
                .orElseThrow(() -> new NotFoundException("group of resellers", groupId));
        return open(currency, null, groupId);
    }

    /** Creates a list of one reseller in its home currency, with an empty draft. */
    public Outcome openForReseller(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var known = tenants.byId(tenant).orElseThrow(() -> new NotFoundException("reseller", tenant));
        return open(known.currency(), books.account(known), null);
    }

    private Outcome open(Currency currency, @Nullable UUID accountId, @Nullable UUID groupId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var id = Ids.next(clock);
        var who = Actors.require().name();
        var added = sql.update("""
            insert into price_list (id, currency, account_id, group_id, created_at, created_by) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """, id, currency, accountId, groupId, clock.instant(), who);
        if (added == 0) {
            return new Outcome.Exists(sql.one(
                    "select id from price_list where currency = ? and account_id is not distinct from ?::uuid and"
                            + " group_id is not distinct from ?::uuid",
                    row -> row.uuid("id"),
                    currency,
                    accountId,
                    groupId));
        }
        audit.record("price_list.opened", SUBJECT, id.toString(), Map.of("currency", currency.getCurrencyCode()));
        begin(id, 1);
        return new Outcome.Done(id);
    }

    private UUID begin(UUID listId, int number) {
        var id = Ids.next(clock);
        sql.update(
                "insert into price_list_version (id, list_id, number, state, created_at, created_by) values (?, ?, ?,"
                        + " 'DRAFT', ?, ?)",
                id,
                listId,
                number,
                clock.instant(),
                Actors.require().name());
        return id;
    }

    /** Creates a draft with the prices of the latest version; returns the existing draft if there is one. */
    public UUID draft(UUID listId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var repository = new PriceListRepository(sql);
        repository.lock(listId);
        var all = repository.versions(listId);
        var known = all.stream().filter(Version::isDraft).findFirst();
        if (known.isPresent()) {
            return known.get().id();
        }
        var number = all.stream().mapToInt(Version::number).max().orElse(0);
        var id = begin(listId, number + 1);
        repository.latest(listId).ifPresent(before -> repository.write(id, repository.items(before.id())));
        audit.record("price_list.drafted", SUBJECT, listId.toString(), Map.of("version", number + 1));
        return id;
    }

    /** Discards a draft; nothing of it was ever in force. */
    public Outcome discard(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var version = new PriceListRepository(sql).locked(versionId);
        if (!version.isDraft()) {
            return new Outcome.Published();
        }
        sql.update("delete from price_list_version where id = ?", versionId);
        audit.record(
                "price_list.draft_discarded",
                SUBJECT,
                version.listId().toString(),
                Map.of("version", version.number()));
        return new Outcome.Done(version.listId());
    }

    /** Sets prices of a draft; those of other keys stay. */
    public Outcome put(UUID versionId, List<PriceItem> items) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var merged = locked(versionId);
        merged.putAll(PriceItem.byKey(items));
        return replace(versionId, List.copyOf(merged.values()));
    }

    /** Returns the prices of a version by key, with its list locked until the transaction ends. */
    private SortedMap<PriceKey, PriceItem> locked(UUID versionId) {
        var repository = new PriceListRepository(sql);
        return repository.byKey(repository.locked(versionId).id());
    }

    /** Removes prices from a draft. */
    public Outcome remove(UUID versionId, Collection<PriceKey> keys) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var kept = locked(versionId);
        kept.keySet().removeAll(keys);
        return replace(versionId, List.copyOf(kept.values()));
    }

    /** Sets exactly these prices in a draft; unchanged ones keep the cost from which they were derived. */
    public Outcome replace(UUID versionId, List<PriceItem> items) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var repository = new PriceListRepository(sql);
        var version = repository.locked(versionId);
        if (!version.isDraft()) {
            return new Outcome.Published();
        }
        var currency = currency(version);
        var unfit = items.stream()
                .filter(item -> !item.isFit(currency))
                .map(PriceItem::key)
                .distinct()
                .toList();
        if (!unfit.isEmpty()) {
            return new Outcome.Invalid(unfit);
        }
        if (items.size() > ITEMS_MAX) {
            return new Outcome.Empty();
        }
        var before = repository.byKey(versionId);
        var after =
                items.stream().map(item -> item.after(before.get(item.key()))).toList();
        sql.update("delete from price_list_item where version_id = ?", versionId);
        repository.write(versionId, PriceItem.byKey(after).values());
        audit.record(
                "price_list.changed",
                SUBJECT,
                version.listId().toString(),
                Map.of("version", version.number(), "prices", items.size()));
        return new Outcome.Done(versionId);
    }

    private Currency currency(Version version) {
        return sql.one(
                "select currency from price_list where id = ?",
                row -> Currency.getInstance(row.text("currency")),
                version.listId());
    }
}
