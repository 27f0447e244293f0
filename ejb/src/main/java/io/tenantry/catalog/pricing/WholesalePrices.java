package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceBook.PriceLookup;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * The current reseller's wholesale prices, by the price lists that apply to it. Joins the caller's transaction of the tenant; the database
 * shows it no other reseller's prices. Checks no permission: part of use cases that do.
 */
@ApplicationScoped
public class WholesalePrices {
    private static final String PLATFORMS = """
            select exists (select from (select distinct on (o.provider_account_id) o.provided
                                          from platform.platform_provider_account o
                                         where o.provider_account_id = ? and o.from_at <= ?
                                         order by o.provider_account_id, o.from_at desc, o.id desc) o
                            where o.provided) as provided
            """;

    private static final String SOURCES = """
            select p.state, p.vcpus, p.memory_mib, p.disk_gib, p.transfer_gib, p.transfer_unlimited, o.account_id, a.provider, z.code, z.regions,
                   coalesce((select c.provided from platform.platform_provider_account c
                              where c.provider_account_id = o.account_id and c.from_at <= ?
                              order by c.from_at desc, c.id desc limit 1), false) as provided,
                   array(select s.code
                           from provider_region_v s
                           join plan_region_v r on r.region = s.region and r.plan_id = p.id
                          where s.account_id = o.account_id and s.removed_at is null
                          order by s.code) as places,
                   array(select s.provider_region
                           from service_v s
                          where s.plan_id = p.id and s.ended_at is null and s.provider_region is not null
                          union
                         select s.provider_region
                           from pending_plan_v w
                           join service_v s on s.id = w.service_id
                          where w.plan_id = p.id and s.ended_at is null and s.provider_region is not null) as running
              from plan_v p
              left join plan_source_v o on o.plan_id = p.id
              left join provider_account_v a on a.id = o.account_id
              left join provider_size_v z on z.id = o.size_id
            """;

    private static final String OF_PLAN = SOURCES + " where p.id = ?";

    /** Plans on sale, and retired plans that still have servers, or to which one is being resized. */
    private static final String IN_ACCOUNT = SOURCES + """
             where o.account_id = ?
               and (p.state <> 'RETIRED'
                    or exists (select from service_v s where s.plan_id = p.id and s.ended_at is null)
                    or exists (select from pending_plan_v w where w.plan_id = p.id))
            """;

    /** Add-ons that are or will be on offer, and those that still run in an account. */
    private static final String OPTIONS_IN_ACCOUNT = """
            select distinct a.provider, f.kind, f.policy
              from provider_account_v a
              join addon_price_v f on f.monthly is not null
             where a.id = ?
               and (not exists (select from addon_price_v n
                                 where n.kind = f.kind and n.policy is not distinct from f.policy and n.currency = f.currency
                                   and n.valid_from > f.valid_from and n.valid_from <= ?)
                    or exists (select from addon_v o
                                 join price_version_v v on v.id = o.price_version_id
                                 join service_v s on s.id = o.service_id
                                where v.addon_price_id = f.id and s.account_id = a.id and o.ended_at is null))
            """;

    /** Providers in whose accounts of the platform something is sold or runs, and the platform itself where it makes servers. */
    private static final String PROVIDERS = """
            select a.provider
              from provider_account_v a
             where (select o.provided from platform.platform_provider_account o
                     where o.provider_account_id = a.id and o.from_at <= ?
                     order by o.from_at desc, o.id desc limit 1)
               and (exists (select from plan_source_v o join plan_v p on p.id = o.plan_id
                             where o.account_id = a.id and p.state <> 'RETIRED')
                    or exists (select from service_v s where s.account_id = a.id and s.ended_at is null))
             union
            select 'platform'
             where exists (select from plan_v p
                            where not exists (select from plan_source_v o where o.plan_id = p.id)
                              and (p.state <> 'RETIRED'
                                   or exists (select from service_v s where s.plan_id = p.id and s.ended_at is null)))
            """;

    /** Add-ons that are or will be on offer, and were published without a wholesale price. */
    private static final String FREE_OPTIONS = """
            select f.kind, f.policy
              from addon_price_v f
             where f.monthly is not null and f.wholesale = 0
               and not exists (select from addon_price_v n
                                where n.kind = f.kind and n.policy is not distinct from f.policy and n.currency = f.currency
                                  and n.valid_from > f.valid_from and n.valid_from <= ?)
            """;

    @Inject
    Sql sql;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public WholesalePrices() {}

    /** For use outside a container. */
    public WholesalePrices(Sql sql, TenantDirectory tenants) {
        this.sql = sql;
        this.tenants = tenants;
    }

    /** The wholesale price of something. */
    public sealed interface Quote {
        /** It runs in the reseller's own provider account: only the platform's fees are due. */
        record OwnAccount() implements Quote {}

        /**
         * It is in a price list.
         *
         * @param monthly the highest of the regions in which it is sold
         */
        record Listed(Money monthly) implements Quote {}

        /** No list has a price for these, or they are discontinued. */
        record Missing(List<PriceKey> keys) implements Quote {}

        /** Returns the cost per month; empty if it is unknown. */
        default Optional<Money> monthly(Money nothing) {
            if (this instanceof Listed listed) {
                return Optional.of(listed.monthly());
            }
            return this instanceof OwnAccount ? Optional.of(nothing) : Optional.empty();
        }
    }

    /**
     * Serializes, per reseller and until the transaction ends, publishing prices and changing the owner of provider accounts. Call it before
     * reading anything that the decision depends on.
     */
    public void lock() {
        lock(sql, tenants.current().id());
    }

    static void lock(Sql sql, TenantId tenant) {
        sql.query(
                "select 1 as one from (select pg_advisory_xact_lock(?, hashtext(?))) l",
                row -> row.whole("one"),
                AdvisoryLock.WHOLESALE.space(),
                tenant.schema());
    }

    /**
     * Makes {@link #lock} wait until this transaction, in which something is ordered, ends; orders do not wait for each other. Call it before
     * reading what is on offer: so an account never becomes the platform's while an order not yet visible to it takes something unpriced.
     */
    public static void ordering(Sql sql) {
        sql.query(
                "select 1 as one from (select pg_advisory_xact_lock_shared(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.WHOLESALE.space());
    }

    /** Returns all prices that apply to the reseller at an instant or after it. */
    public PriceBook book(Instant since) {
        return PriceBookSql.read(sql, tenants.current(), since);
    }

    /** Returns the monthly cost of a plan to the reseller from an instant on; for one that is not on sale yet also like {@link #ofCatalog}. */
    public Quote ofPlan(UUID planId, Instant at) {
        return plan(
                planId, row -> row.text("state").equals("DRAFT") ? fresh(source(row), at) : quote(source(row), at), at);
    }

    /**
     * Returns the monthly cost of a provider's size that is to be sold. Add-ons that are on offer and were published without a wholesale price
     * have to be listed first, as its servers could have them.
     *
     * @param places in the provider's codes
     */
    public Quote ofCatalog(UUID accountId, String provider, String code, Collection<String> places, Instant at) {
        return fresh(new Source(!isPlatforms(accountId, at), provider, code, Set.copyOf(places)), at);
    }

    /**
     * Returns what no price list has a price for in a provider account: sizes where they are sold or still have servers, and add-ons that are
     * on offer or still run in it. Ignores who owns the account.
     */
    public List<PriceKey> missingIn(UUID accountId, Instant at) {
        var wanted = new ArrayList<PriceLookup>();
        sql.query(IN_ACCOUNT, WholesalePrices::used, at, accountId).forEach(source -> wanted.addAll(wanted(source)));
        wanted.addAll(sql.query(OPTIONS_IN_ACCOUNT, row -> option(row.text("provider"), row), accountId, at));
        return unlisted(wanted, at);
    }

    /**
     * Whether hours of a plan could be free of charge if it were reinstated: it runs in an account of the platform, and no price list has a
     * price for it in each of its regions, or it does not run in the reseller's own account, and some {@link #FREE_OPTIONS} have no price
     * either.
     */
    public boolean isUnpriced(UUID planId, Instant at) {
        var source = plan(planId, WholesalePrices::source, at);
        return !source.isOwn()
                && ((!source.provider().equals(PriceKey.PLATFORM)
                                && !unlisted(wanted(source), at).isEmpty())
                        || !freeOptions(source, at).isEmpty());
    }

    private <T> T plan(UUID planId, Function<Row, T> mapper, Instant at) {
        return sql.first(OF_PLAN, mapper, at, planId).orElseThrow(() -> new NotFoundException("plan", planId));
    }

    /** Returns add-ons that were published while everything was in the reseller's own accounts, and that no list prices at the source. */
    private List<PriceKey> freeOptions(Source source, Instant at) {
        return unlisted(sql.query(FREE_OPTIONS, row -> option(source.provider(), row), at), at);
    }

    private List<PriceKey> unlisted(Collection<PriceLookup> all, Instant at) {
        var book = book(at);
        return all.stream()
                .filter(priceLookup -> book.price(priceLookup, at).isEmpty())
                .map(WholesalePrices::general)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the key in a price list, by the most general code. */
    private static PriceKey general(PriceLookup priceLookup) {
        var codes = priceLookup.codes();
        return new PriceKey(
                priceLookup.kind(), priceLookup.provider(), codes.get(codes.size() - 1), priceLookup.region());
    }

    private static List<PriceLookup> wanted(Source source) {
        return source.regions().stream()
                .map(region -> new PriceLookup(PriceKey.Kind.PLAN, source.provider(), List.of(source.code()), region))
                .toList();
    }

    private Quote fresh(Source source, Instant at) {
        var quote = quote(source, at);
        var free = source.isOwn() ? List.<PriceKey>of() : freeOptions(source, at);
        if (free.isEmpty()) {
            return quote;
        }
        var missing = new TreeSet<>(free);
        if (quote instanceof Quote.Missing known) {
            missing.addAll(known.keys());
        }
        return new Quote.Missing(List.copyOf(missing));
    }

    private Quote quote(Source source, Instant at) {
        return source.isOwn() ? new Quote.OwnAccount() : listed(book(at), wanted(source), at);
    }

    /**
     * Returns the monthly cost of one unit of an add-on to the reseller from an instant on, the highest of all providers at which it is sold.
     *
     * @param codes the most specific first
     */
    public Quote ofOption(List<String> codes, Instant at) {
        return ofOptions(List.of(codes), at).get(0);
    }

    /** Like {@link #ofOption}, for several. */
    public List<Quote> ofOptions(List<List<String>> options, Instant at) {
        var providers = sql.query(PROVIDERS, row -> row.text("provider"), at);
        if (providers.isEmpty()) {
            return options.stream().<Quote>map(option -> new Quote.OwnAccount()).toList();
        }
        var book = book(at);
        return options.stream()
                .map(codes -> listed(
                        book,
                        providers.stream()
                                .map(provider -> new PriceLookup(PriceKey.Kind.ADDON, provider, codes, ""))
                                .toList(),
                        at))
                .toList();
    }

    private static Quote listed(PriceBook book, List<PriceLookup> wanted, Instant at) {
        var missing = new TreeSet<PriceKey>();
        var highest = Money.zero(book.currency());
        for (var one : wanted) {
            var found = book.price(one, at).filter(price -> price.item().orderable());
            if (found.isEmpty()) {
                missing.add(general(one));
            } else if (found.get().monthly().compareTo(highest) > 0) {
                highest = found.get().monthly();
            }
        }
        return missing.isEmpty() ? new Quote.Listed(highest) : new Quote.Missing(List.copyOf(missing));
    }

    private boolean isPlatforms(UUID account, Instant at) {
        return sql.one(PLATFORMS, row -> row.flag("provided"), account, at);
    }

    /**
     * Where the servers of a plan run.
     *
     * @param isOwn whether the provider account is the reseller's
     * @param regions in the provider's codes; a single empty one if the region is not known
     */
    private record Source(boolean isOwn, String provider, String code, Set<String> regions) {
        Source {
            regions = regions.isEmpty() ? Set.of("") : Set.copyOf(regions);
        }
    }

    private static Source source(Row row) {
        if (row.maybeUuid("account_id").isEmpty()) {
            return new Source(
                    false,
                    PriceKey.PLATFORM,
                    PriceKey.codeOf(
                            row.whole("vcpus"),
                            row.whole("memory_mib"),
                            row.whole("disk_gib"),
                            row.whole("transfer_gib"),
                            row.flag("transfer_unlimited")),
                    Set.of());
        }
        var sold = row.texts("regions");
        var places = new ArrayList<>(row.texts("places"));
        places.removeIf(place -> !sold.isEmpty() && !sold.contains(place));
        return new Source(!row.flag("provided"), row.text("provider"), row.text("code"), Set.copyOf(places));
    }

    /** Like {@link #source}, and also where its servers run although it is not sold there. */
    private static Source used(Row row) {
        var sold = source(row);
        var places = new TreeSet<>(row.texts("running"));
        if (!row.text("state").equals("RETIRED") || places.isEmpty()) {
            places.addAll(sold.regions());
        }
        return new Source(sold.isOwn(), sold.provider(), sold.code(), places);
    }

    private static PriceLookup option(String provider, Row row) {
        var kind = row.text("kind");
        return new PriceLookup(
                PriceKey.Kind.ADDON,
                provider,
                row.maybeText("policy")
                        .map(policy -> List.of(kind + "_" + policy, kind))
                        .orElse(List.of(kind)),
                "");
    }
}
