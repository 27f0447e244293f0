package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Catalog.PlanView;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.PlanList;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presentation of the list of plans: columns, filters and export fields. */
@RequestScoped
public class PlanColumns {
    /** The parameters by which plans can be filtered. */
    static final List<String> FILTERS = List.of(PlanList.STATE, PlanList.CATEGORY, PlanList.REGION);

    @Inject
    Format format;

    @Inject
    Catalog catalog;

    /** Returns the columns. */
    List<Column> columns() {
        return List.of(
                Column.of("name", "order.plan").always(),
                Column.of(PlanList.STATE, "service.state"),
                Column.of(PlanList.CATEGORY, "plan.category"),
                Column.of("regions", "plan.regions").unsorted(),
                Column.of("services", "customer.services").ofFigures(),
                Column.of("hourly", "service.per-hour").ofFigures(),
                Column.of("monthly", "staff.a-month").ofFigures());
    }

    /** Returns the filters; plans off sale are omitted unless requested. */
    List<Filter> filters() {
        return List.of(
                new Filter(
                        PlanList.STATE,
                        "service.state",
                        format.text("plans.current"),
                        Stream.concat(
                                        Stream.of(new Filter.Choice("all", format.text("table.every-state"))),
                                        Stream.of(Plan.State.ON_SALE, Plan.State.DRAFT, Plan.State.RETIRED)
                                                .map(state -> new Filter.Choice(format.word(state), stateOf(state))))
                                .toList()),
                new Filter(
                        PlanList.CATEGORY,
                        "plan.category",
                        format.text("table.any"),
                        catalog.categories().stream()
                                .map(one -> new Filter.Choice(one.code(), one.name()))
                                .toList()),
                new Filter(
                        PlanList.REGION,
                        "service.region",
                        format.text("table.any"),
                        catalog.regions().stream()
                                .map(one -> new Filter.Choice(one.code(), one.name()))
                                .toList()));
    }

    /** Returns the fields of the export. */
    List<Field<PlanView>> fields() {
        var categories = categories();
        return List.of(
                new Field<>("service.id", PlanView::id),
                new Field<>("plans.code", PlanView::code),
                new Field<>("plans.name", PlanView::name),
                new Field<>("service.state", plan -> stateOf(plan.state())),
                new Field<>("plan.category", plan -> categories.apply(plan.category())),
                new Field<>("plan.regions", plan -> String.join(" ", plan.regions())),
                new Field<>("plan.vcpus", plan -> plan.size().vcpus()),
                new Field<>("plan.memory.mib", plan -> plan.size().memoryMib()),
                new Field<>("plan.disk.gib", plan -> plan.size().diskGib()),
                new Field<>(
                        "plan.transfer.gib",
                        plan -> plan.size().transferUnlimited()
                                ? format.text("size.unlimited")
                                : plan.size().transferGib()),
                new Field<>("customer.services", PlanView::services),
                new Field<>(
                        "service.per-hour",
                        plan -> price(plan, price -> price.hourly().amount())),
                new Field<>(
                        "price.monthly",
                        plan -> price(plan, price -> price.monthly().amount())),
                new Field<>(
                        "price.wholesale",
                        plan -> price(plan, price -> price.wholesaleMonthly().amount())),
                new Field<>(
                        "csv.currency",
                        plan -> price(plan, price -> price.monthly().currency().getCurrencyCode())),
                new Field<>("price.from", plan -> price(plan, Catalog.PriceView::validFrom)));
    }

    /** Returns the labels of groups, by code. */
    Function<String, String> categories() {
        var names =
                catalog.categories().stream().collect(Collectors.toMap(Catalog.Category::code, Catalog.Category::name));
        return code -> names.getOrDefault(code, code);
    }

    private String stateOf(Plan.State state) {
        return format.text("plan.state." + state);
    }

    private static @Nullable Object price(PlanView plan, Function<Catalog.PriceView, Object> value) {
        return plan.price().map(value).orElse(null);
    }
}
