package io.tenantry.web.portal;

import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The presentation of the lists of services for members and staff: columns, filters and export fields. */
@RequestScoped
public class ServiceColumns {
    /** The parameters by which services can be filtered. */
    public static final List<String> FILTERS = List.of(ServiceList.STATE, ServiceList.REGION, ServiceList.PLAN);

    @Inject
    Format format;

    @Inject
    Catalog catalog;

    /** Returns the columns. */
    public List<Column> columns(boolean customers) {
        var all = new ArrayList<Column>();
        all.add(Column.of("name", "service.name").always());
        if (customers) {
            all.add(Column.of("customer", "table.customer"));
        }
        all.add(Column.of("state", "service.state"));
        all.add(Column.of("plan", "order.plan"));
        all.add(Column.of("region", "service.region"));
        all.add(Column.of("address", "service.address").unsorted());
        all.add(Column.of("hourly", "service.per-hour").ofFigures());
        all.add(Column.of("this-month", "service.this-month").ofFigures());
        return List.copyOf(all);
    }

    /** Returns the filters. */
    public List<Filter> filters() {
        return List.of(
                new Filter(ServiceList.STATE, "service.state", format.text("services.running"), states()),
                new Filter(
                        ServiceList.REGION,
                        "service.region",
                        format.text("table.any"),
                        catalog.regions().stream()
                                .map(region -> new Filter.Choice(region.code(), region.name()))
                                .toList()),
                new Filter(ServiceList.PLAN, "order.plan", format.text("table.any"), plans()));
    }

    private List<Filter.Choice> states() {
        var all = new ArrayList<Filter.Choice>();
        all.add(new Filter.Choice("all", format.text("table.every-state")));
        all.add(new Filter.Choice(ServiceList.CHARGED, format.text("services.charged")));
        for (var state : List.of(
                Service.State.ACTIVE,
                Service.State.SUSPENDED,
                Service.State.PROVISIONING,
                Service.State.TERMINATED,
                Service.State.FAILED)) {
            all.add(new Filter.Choice(state.name().toLowerCase(java.util.Locale.ROOT), format.state(state)));
        }
        return List.copyOf(all);
    }

    private List<Filter.Choice> plans() {
        return catalog.names().stream()
                .map(plan -> new Filter.Choice(plan.id().toString(), plan.name()))
                .toList();
    }

    /** Returns the fields of the export. */
    public List<Field<Services.Summary>> fields() {
        return List.of(
                new Field<>("service.id", Services.Summary::id),
                new Field<>("service.name", Services.Summary::name),
                new Field<>("table.customer", Services.Summary::organization),
                new Field<>("service.state", row -> format.state(row.state())),
                new Field<>("order.plan", Services.Summary::plan),
                new Field<>("service.region", Services.Summary::region),
                new Field<>("service.address", Services.Summary::address),
                new Field<>("service.per-hour", row -> row.hourly().amount()),
                new Field<>("price.monthly", row -> row.monthly().amount()),
                new Field<>("service.this-month", row -> row.thisMonth().amount()),
                new Field<>("csv.currency", row -> row.hourly().currency().getCurrencyCode()),
                new Field<>("service.since", row -> row.activatedAt().orElse(null)),
                new Field<>("service.ended-at", row -> row.endedAt().orElse(null)),
                new Field<>("order.image", row -> row.chosen().image()));
    }
}
