package io.tenantry.brand.storefront;

import io.tenantry.catalog.Plan;
import io.tenantry.catalog.PlanAvailability;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Public data of the current host's reseller. Needs no permission. */
@Stateless
public class Storefront {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** Places on the home page for the reseller's own texts. */
    public enum TextSlot {
        /** One line: the reseller's motto. */
        HEADLINE(90),
        /** One or two sentences below it. */
        LEAD(300),
        /** Markdown: a description of the reseller. */
        ABOUT(20_000);

        private final int lengthMax;

        TextSlot(int lengthMax) {
            this.lengthMax = lengthMax;
        }

        /** Returns the maximum number of characters. */
        public int lengthMax() {
            return lengthMax;
        }
    }

    /**
     * A plan that can be ordered now, at the price that an order would take.
     *
     * @param category the name of its group
     * @param regions names of the regions where it is sold
     */
    public record OnSale(
            UUID id,
            String name,
            String categoryCode,
            String category,
            Plan.Size size,
            Money monthly,
            Money hourly,
            List<String> regions) {}

    /**
     * A region as displayed.
     *
     * @param place its position on the map, if known
     * @param plans how many plans are on sale there
     */
    public record Region(String code, String name, String country, Optional<MapPoint> place, int plans) {}

    /** A point on the map, in degrees: north and east are positive. */
    public record MapPoint(BigDecimal latitude, BigDecimal longitude) {}

    /** A question with its answer in Markdown. */
    public record FaqEntry(UUID id, String language, String question, String answer) {}

    /** Returns the reseller's texts in a language; slots without a text are missing. */
    public Map<TextSlot, String> texts(String language) {
        var texts = new EnumMap<TextSlot, String>(TextSlot.class);
        sql.query(
                        "select slot, text from site_text where language = ?",
                        row -> Map.entry(TextSlot.valueOf(row.text("slot")), row.text("text")),
                        language)
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
        return texts;
    }

    /** Returns what can be ordered now at a price in that currency, in the reseller's order of groups, the cheapest of each first. */
    public List<OnSale> plans(Currency currency) {
        return sql.query(PLANS, Storefront::onSale, currency, clock.instant());
    }

    /** Returns the regions of services, by name. */
    public List<Region> regions() {
        return sql.query("""
                select r.code, r.name, r.country, l.latitude, l.longitude,
                       (select count(*)::int from plan_region o join plan p on p.id = o.plan_id
                         where o.region = r.code and p.state = 'ON_SALE' and ${obtainable}) plans
                  from region r left join region_location l on l.region = r.code
                 order by r.name, r.code
                """.replace("${obtainable}", PlanAvailability.CONDITION), Storefront::region);
    }

    /** Returns the questions and answers in a language, in the reseller's order. */
    public List<FaqEntry> questions(String language) {
        return sql.query(
                "select id, language, question, answer from faq_entry where language = ? order by position, id",
                row -> new FaqEntry(row.uuid("id"), row.text("language"), row.text("question"), row.text("answer")),
                language);
    }

    private static final String PLANS = """
            select p.id, p.name, p.category, c.name category_name, p.vcpus, p.memory_mib, p.disk_gib, p.transfer_gib,
                   p.transfer_unlimited,
                   v.currency, v.monthly, v.hourly, s.regions
              from plan p
              join category c on c.code = p.category
             cross join lateral (select currency, monthly, hourly from price_version v
                                  where v.plan_id = p.id and v.currency = ? and v.valid_from <= ?
                                  order by v.valid_from desc limit 1) v
             cross join lateral (select array_agg(r.name order by r.name, r.code) regions
                                   from plan_region o join region r on r.code = o.region
                                  where o.plan_id = p.id and ${obtainable}) s
             where p.state = 'ON_SALE' and s.regions is not null
             order by c.position, c.code, p.position, v.monthly, p.code
            """.replace("${obtainable}", PlanAvailability.CONDITION);

    private static OnSale onSale(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new OnSale(
                row.uuid("id"),
                row.text("name"),
                row.text("category"),
                row.text("category_name"),
                new Plan.Size(
                        row.whole("vcpus"),
                        row.whole("memory_mib"),
                        row.whole("disk_gib"),
                        row.whole("transfer_gib"),
                        row.flag("transfer_unlimited")),
                new Money(row.decimal("monthly"), currency),
                new Money(row.decimal("hourly"), currency),
                row.texts("regions"));
    }

    private static Region region(Row row) {
        var place = row.maybeDecimal("latitude").map(latitude -> new MapPoint(latitude, row.decimal("longitude")));
        return new Region(row.text("code"), row.text("name"), row.text("country"), place, row.whole("plans"));
    }
}
