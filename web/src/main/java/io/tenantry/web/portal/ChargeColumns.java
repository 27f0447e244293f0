package io.tenantry.web.portal;

import io.tenantry.charging.ChargeParts;
import io.tenantry.charging.ChargeParts.Part;
import io.tenantry.options.OptionKind;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Base;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** What the parts of a charge look like: columns, filters, and the columns of the file. */
@RequestScoped
public class ChargeColumns {
    static final String WALLET = "wallet";
    static final String ENTRY = "entry";
    static final String DAY = "day";

    /** What the address of the file names. */
    static final List<String> FILTERS = List.of(WALLET, ENTRY, DAY, ChargeParts.KIND);

    @Inject
    Fmt fmt;

    @Inject
    ChargeWords words;

    /** The address of a charge. */
    static Base base(String path, ChargeParts.Asked asked) {
        var fixed = new LinkedHashMap<String, String>();
        fixed.put(WALLET, asked.walletId().toString());
        asked.entry().ifPresent(entry -> fixed.put(ENTRY, entry.toString()));
        asked.day().ifPresent(day -> fixed.put(DAY, day.toString()));
        return new Base(path, fixed, "");
    }

    /** The zone in which days begin, and times are written. */
    ZoneId zone() {
        return fmt.zoneOfBooks();
    }

    /** The columns. */
    List<Column> columns() {
        return List.of(
                Column.of("name", "charge.thing").always(),
                Column.of("price", "charge.price").unsorted(),
                Column.of("when", "charge.when").unsorted(),
                Column.of("hours", "charge.hours").ofFigures(),
                Column.of("how", "charge.how").unsorted(),
                Column.of("amount", "statement.amount").ofFigures().always());
    }

    /** What they can be narrowed by. */
    List<Filter> filters() {
        var kinds = Stream.concat(
                Stream.of("server"), Arrays.stream(OptionKind.values()).map(OptionKind::word));
        return List.of(new Filter(
                ChargeParts.KIND,
                "charge.kind",
                fmt.text("table.any"),
                kinds.map(kind -> new Filter.Choice(kind, fmt.text("charge.kind." + kind)))
                        .toList()));
    }

    /** The columns of the file, with all decimals; an amount never stands without its currency. */
    List<Field<Part>> fields() {
        return List.of(
                new Field<>("service.id", Part::thing),
                new Field<>("charge.thing", Part::name),
                new Field<>("charge.kind", words::kind),
                new Field<>("charge.price", words::price),
                new Field<>("charge.version", Part::version),
                new Field<>("price.monthly", part -> part.monthly().amount()),
                new Field<>("charge.rate", part -> part.hourly().amount()),
                new Field<>("charge.hours", Part::hours),
                new Field<>("charge.rise", part -> part.rise().amount()),
                new Field<>("charge.how", words::how),
                new Field<>("charge.capped", words::capped),
                new Field<>("charge.begins", Part::begins),
                new Field<>("charge.ends", Part::ends),
                new Field<>("csv.amount", part -> part.paid().amount()),
                new Field<>("csv.currency", part -> part.amount().currency().getCurrencyCode()));
    }
}
