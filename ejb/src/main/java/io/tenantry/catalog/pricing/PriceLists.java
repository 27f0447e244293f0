package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceBook.ListLevel;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.DateRange;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Price lists as managed by operators. A list applies to all resellers whose home currency is its currency, to a group of resellers, or to one
 * reseller; it has versions. A version is a draft until it is published from an instant on; then it is never changed, and a mistake is
 * corrected by another version, or {@linkplain PriceListWithdrawals withdrawn} before it takes effect. In the scope of the platform.
 */
@Stateless
public class PriceLists {
    /** The maximum number of prices in a version. */
    public static final int ITEMS_MAX = 5_000;

    /** The maximum length of a note. */
    public static final int NOTE_MAX = 500;

    /** The tolerance for an instant in the past, as filling in a form takes a while. */
    private static final Duration LATE_MAX = Duration.ofMinutes(1);

    static final String SUBJECT = "price_list";

    private static final String WRITE = """
            insert into price_list_item (version_id, kind, provider, code, region, monthly, orderable, cost_currency, cost_monthly, rate,
                                         rate_day, rate_source)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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

    /** Returns all lists: general ones first, then those of groups, then of single resellers. */
    public List<Summary> all() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var now = clock.instant();
        return sql.query(
                PriceListRepository.LISTS
                        + " order by num_nonnulls(l.account_id, l.group_id), a.tenant nulls first, lower(g.name), l.currency",
                PriceListRepository::summary,
                now,
                now);
    }

    /** Returns one list. */
    public Summary one(UUID listId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var now = clock.instant();
        return sql.first(PriceListRepository.LISTS + " and l.id = ?", PriceListRepository::summary, now, now, listId)
                .orElseThrow(() -> new NotFoundException("price list", listId));
    }

    /** Returns its versions, the latest first. */
    public List<Version> versions(UUID listId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query(
                PriceListRepository.VERSIONS + " where v.list_id = ? order by v.number desc",
                PriceListRepository::version,
                listId);
    }

    /** Returns one version. */
    public Version version(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return found(versionId);
    }

    private Version found(UUID versionId) {
        return sql.first(PriceListRepository.VERSIONS + " where v.id = ?", PriceListRepository::version, versionId)
                .orElseThrow(() -> new NotFoundException("version of a price list", versionId));
    }

    /** Returns its prices in order. */
    public List<PriceItem> items(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return read(versionId);
    }

    private List<PriceItem> read(UUID versionId) {
        return sql.query("""
                        select kind, provider, code, region, monthly, orderable, cost_currency, cost_monthly, rate, rate_day, rate_source
                          from price_list_item
                         where version_id = ?
                        """, PriceListRepository::item, versionId).stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    /** Returns the differences of the second version from the first, in order. */
    public List<Change> compare(UUID before, UUID after) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var old = byKey(read(before));
        var fresh = byKey(read(after));
        var keys = new TreeSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        var changes = new ArrayList<Change>();
        for (var key : keys) {
            var was = Optional.ofNullable(old.get(key));
            var is = Optional.ofNullable(fresh.get(key));
            if (!was.map(PriceLists::price).equals(is.map(PriceLists::price))) {
                changes.add(new Change(key, was, is));
            }
        }
        return List.copyOf(changes);
    }

    private static String price(PriceItem item) {
        return item.monthly() + " " + item.orderable();
    }

    private static SortedMap<PriceKey, PriceItem> byKey(Collection<PriceItem> items) {
        var all = new TreeMap<PriceKey, PriceItem>();
        items.forEach(item -> all.put(item.key(), item));
        return all;
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
                    "select id from price_list where currency = ? and account_id is not distinct from ?::uuid and group_id is not distinct from ?::uuid",
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
                "insert into price_list_version (id, list_id, number, state, created_at, created_by) values (?, ?, ?, 'DRAFT', ?, ?)",
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
        lock(listId);
        var all = sql.query(
                PriceListRepository.VERSIONS + " where v.list_id = ? order by v.number desc",
                PriceListRepository::version,
                listId);
        var known = all.stream().filter(Version::isDraft).findFirst();
        if (known.isPresent()) {
            return known.get().id();
        }
        var number = all.stream().mapToInt(Version::number).max().orElse(0);
        var id = begin(listId, number + 1);
        latest(listId).ifPresent(before -> write(id, read(before.id())));
        audit.record("price_list.drafted", SUBJECT, listId.toString(), Map.of("version", number + 1));
        return id;
    }

    /** Returns the version published last, which is the one with the latest start. */
    private Optional<Version> latest(UUID listId) {
        return sql.first(
                PriceListRepository.VERSIONS
                        + " where v.list_id = ? and v.state = 'PUBLISHED' order by v.valid_from desc, v.number desc limit 1",
                PriceListRepository::version,
                listId);
    }

    /** Locks the list against other changes until the transaction ends. */
    public void hold(UUID listId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        lock(listId);
    }

    private void lock(UUID listId) {
        var unused = sql.first("select id from price_list where id = ? for update", row -> row.uuid("id"), listId)
                .orElseThrow(() -> new NotFoundException("price list", listId));
    }

    /** Discards a draft; nothing of it was ever in force. */
    public Outcome discard(UUID versionId) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var version = locked(versionId);
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

    /** Returns the version, with its list locked until the transaction ends. */
    private Version locked(UUID versionId) {
        lock(found(versionId).listId());
        return found(versionId);
    }

    /** Sets prices of a draft; those of other keys stay. */
    public Outcome put(UUID versionId, List<PriceItem> items) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var merged = byKey(read(locked(versionId).id()));
        merged.putAll(byKey(items));
        return replace(versionId, List.copyOf(merged.values()));
    }

    /** Removes prices from a draft. */
    public Outcome remove(UUID versionId, Collection<PriceKey> keys) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var kept = byKey(read(locked(versionId).id()));
        kept.keySet().removeAll(keys);
        return replace(versionId, List.copyOf(kept.values()));
    }

    /** Sets exactly these prices in a draft; unchanged ones keep the cost from which they were derived. */
    public Outcome replace(UUID versionId, List<PriceItem> items) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var version = locked(versionId);
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
        var before = byKey(read(versionId));
        var after =
                items.stream().map(item -> item.after(before.get(item.key()))).toList();
        sql.update("delete from price_list_item where version_id = ?", versionId);
        write(versionId, byKey(after).values());
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

    private void write(UUID versionId, Collection<PriceItem> items) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var item : items) {
            var key = item.key();
            var cost = item.cost();
            var rate = cost.flatMap(PriceItem.Cost::rate);
            rows.add(new @Nullable Object[] {
                versionId,
                key.kind(),
                key.provider(),
                key.code(),
                key.region(),
                item.monthly(),
                item.orderable(),
                cost.map(one -> one.monthly().currency()).orElse(null),
                cost.map(one -> one.monthly().amount()).orElse(null),
                rate.map(PriceItem.Rate::value).orElse(null),
                rate.map(PriceItem.Rate::day).orElse(null),
                rate.map(PriceItem.Rate::source).orElse(null)
            });
        }
        if (!rows.isEmpty()) {
            sql.batch(WRITE, rows);
        }
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
        var version = locked(versionId);
        if (!version.isDraft()) {
            return new Outcome.Published();
        }
        if (note.length() > NOTE_MAX) {
            throw new IllegalArgumentException("a note has at most " + NOTE_MAX + " characters");
        }
        var items = read(versionId);
        if (items.isEmpty()) {
            return new Outcome.Empty();
        }
        var now = clock.instant();
        // Filling in a form takes a while: what was now a moment ago still means now.
        var asked = validFrom
                .filter(from -> from.isBefore(now.minus(LATE_MAX)) || from.isAfter(now))
                .orElse(now);
        var before = latest(version.listId());
        var earliest = before.flatMap(Version::validFrom).filter(now::isBefore).orElse(now);
        if (asked.isBefore(earliest)) {
            return new Outcome.TooEarly(earliest);
        }
        var latest = DateRange.latest(now);
        if (asked.isAfter(latest)) {
            return new Outcome.TooLate(latest);
        }
        var list = one(version.listId());
        var keys = byKey(items).keySet();
        if (list.owner() instanceof Owner.All) {
            var missing = before.map(known -> byKey(read(known.id())).keySet().stream()
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
                SUBJECT,
                version.listId().toString(),
                Map.of("version", version.number(), "valid_from", asked, "prices", items.size()));
        return new Outcome.Done(versionId);
    }

    private List<PriceKey> unlisted(Currency currency, Instant at, Collection<PriceKey> keys) {
        var all = sql.first(PriceListRepository.VERSIONS + """
                         where v.list_id = (select l.id from price_list l
                                             where l.currency = ? and num_nonnulls(l.account_id, l.group_id) = 0)
                           and v.state = 'PUBLISHED' and v.valid_from <= ?
                         order by v.valid_from desc, v.number desc limit 1
                        """, PriceListRepository::version, currency, at)
                .map(version -> byKey(read(version.id())))
                .orElseGet(() -> byKey(List.of()));
        return keys.stream()
                .filter(key -> !all.containsKey(key) && !all.containsKey(key.everywhere()))
                .toList();
    }
}
