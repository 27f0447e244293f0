package io.tenantry.web.portal;

import io.tenantry.billing.charging.ChargeBreakdown;
import io.tenantry.billing.charging.ChargeBreakdown.Part;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import io.tenantry.web.list.ListUrl;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The presentation of the parts of a charge: columns, filters and export fields. */
@RequestScoped
public class ChargeColumns {
    static final String WALLET = "wallet";
    static final String ENTRY = "entry";
    static final String DAY = "day";

    /** The parameters in the address of the export. */
    static final List<String> FILTERS = List.of(WALLET, ENTRY, DAY, ChargeBreakdown.KIND);

    @Inject
    Format format;

    @Inject
    ChargeLabels labels;

    /** Returns the address of a charge. */
    static ListUrl base(String path, ChargeBreakdown.BreakdownQuery breakdownQuery) {
        var fixed = new LinkedHashMap<String, String>();
        fixed.put(WALLET, breakdownQuery.walletId().toString());
        breakdownQuery.entry().ifPresent(entry -> fixed.put(ENTRY, entry.toString()));
        breakdownQuery.day().ifPresent(day -> fixed.put(DAY, day.toString()));
        return new ListUrl(path, fixed, "");
    }

    /** Returns the zone in which days start and times are written. */
    ZoneId zone() {
        return format.zoneOfBooks();
    }

    /** Returns the columns. */
    List<Column> columns() {
        return List.of(
                Column.of("name", "charge.item").always(),
                Column.of("price", "charge.price").unsorted(),
                Column.of("when", "charge.when").unsorted(),
                Column.of("hours", "charge.hours").ofFigures(),
                Column.of("how", "charge.how").unsorted(),
                Column.of("amount", "statement.amount").ofFigures().always());
    }

    /** Returns the filters. */
    List<Filter> filters() {
        var kinds = Stream.concat(
                Stream.of("server"), Arrays.stream(AddonType.values()).map(AddonType::word));
        return List.of(new Filter(
                ChargeBreakdown.KIND,
                "charge.kind",
                format.text("table.any"),
                kinds.map(kind -> new Filter.Choice(kind, format.text("charge.kind." + kind)))
                        .toList()));
    }

    /** Returns the fields of the export, with all decimals; an amount is always accompanied by its currency. */
    List<Field<Part>> fields() {
        return List.of(
                new Field<>("service.id", Part::thing),
                new Field<>("charge.item", Part::name),
                new Field<>("charge.kind", labels::kind),
                new Field<>("charge.price", labels::price),
                new Field<>("charge.version", Part::version),
                new Field<>("price.monthly", part -> part.monthly().amount()),
                new Field<>("charge.rate", part -> part.hourly().amount()),
                new Field<>("charge.hours", Part::hours),
                new Field<>("charge.upgrade", part -> part.increase().amount()),
                new Field<>("charge.how", labels::how),
                new Field<>("charge.capped", labels::capped),
                new Field<>("charge.begins", Part::begins),
                new Field<>("charge.ends", Part::ends),
                new Field<>("csv.amount", part -> part.paid().amount()),
                new Field<>("csv.currency", part -> part.amount().currency().getCurrencyCode()));
    }
}
