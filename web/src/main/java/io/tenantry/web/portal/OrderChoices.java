package io.tenantry.web.portal;

import io.tenantry.brand.storefront.Storefront;
import io.tenantry.brand.storefront.Storefront.OnSale;
import io.tenantry.web.brand.storefront.WorldMap;
import io.tenantry.web.list.Filter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of the first two steps of an order: plans in groups with filters, regions in a list and on a map. */
@Named
@RequestScoped
public class OrderChoices {
    /** The height of characters on the map, in thousandths of its width. */
    private static final int LETTERS = 22;

    private static final String TABLE = "table";
    private static final List<Integer> CPUS = List.of(2, 4, 8, 16);
    private static final List<Integer> MEMORY = List.of(2_048, 4_096, 8_192, 16_384, 32_768);

    @Inject
    OrderPage page;

    @Inject
    OrderSelection selection;

    @Inject
    Storefront storefront;

    @Inject
    PortalLabels portalLabels;

    private @Nullable List<OnSale> plans;
    private @Nullable List<Storefront.Region> regions;

    /**
     * A plan to choose.
     *
     * @param sold whether it is sold in the chosen region; also true if none is chosen
     */
    public record PlanChoice(OnSale plan, String href, boolean chosen, boolean sold) {}

    /**
     * A region to choose.
     *
     * @param sold whether the chosen plan is sold there
     */
    public record RegionChoice(Storefront.Region region, String href, boolean chosen, boolean sold) {}

    /** Returns the plans that match the filters, in the reseller's order. */
    public List<PlanChoice> getPlans() {
        var at = selection.address();
        var cpus = at.number(OrderAddress.CPUS).orElse(0);
        var memory = at.number(OrderAddress.MEMORY).orElse(0);
        var group = at.one(OrderAddress.GROUP);
        var region = selection.goods().region(at.one(OrderAddress.REGION));
        return onSale().stream()
                .filter(plan -> plan.size().vcpus() >= cpus
                        && plan.size().memoryMib() >= memory
                        && (group.isEmpty() || plan.categoryCode().equals(group)))
                .map(plan -> new PlanChoice(
                        plan,
                        at.with(OrderAddress.PLAN, plan.id().toString())
                                .with(OrderAddress.STEP, OrderStep.REGION.code())
                                .toString(),
                        at.one(OrderAddress.PLAN).equals(plan.id().toString()),
                        region.isEmpty()
                                || selection
                                        .goods()
                                        .offer(plan.id(), region.get().code())
                                        .isPresent()))
                .toList();
    }

    /** Returns the groups that contain plans; empty if there is only one. */
    public List<Filter.Choice> getGroups() {
        var groups = onSale().stream()
                .map(plan -> new Filter.Choice(plan.categoryCode(), plan.category()))
                .distinct()
                .toList();
        return groups.size() > 1 ? groups : List.of();
    }

    /** Returns the selectable numbers of processors, up to the largest plan. */
    public List<Filter.Choice> getCpus() {
        return CPUS.stream()
                .filter(most -> onSale().stream().anyMatch(plan -> plan.size().vcpus() >= most))
                .map(most -> new Filter.Choice(most.toString(), most.toString()))
                .toList();
    }

    /** Returns the selectable amounts of memory, up to the largest plan. */
    public List<Filter.Choice> getMemory() {
        return MEMORY.stream()
                .filter(most -> onSale().stream().anyMatch(plan -> plan.size().memoryMib() >= most))
                .map(most -> new Filter.Choice(most.toString(), portalLabels.gigabytes(most / 1_024)))
                .toList();
    }

    /** Returns the chosen value of a filter. */
    public String chosen(String filter) {
        return selection.address().one(filter);
    }

    /** Whether a filter is active. */
    public boolean isNarrowed() {
        return Stream.of(OrderAddress.GROUP, OrderAddress.CPUS, OrderAddress.MEMORY)
                .anyMatch(filter -> !selection.address().one(filter).isEmpty());
    }

    /** Returns the address without filters. */
    public String getWhole() {
        return selection
                .address()
                .with(OrderAddress.GROUP, "")
                .with(OrderAddress.CPUS, "")
                .with(OrderAddress.MEMORY, "")
                .toString();
    }

    /** Returns the parts of the address that the filter form must submit. */
    public List<OrderAddress.Part> getTaken() {
        return selection
                .address()
                .with(OrderAddress.STEP, OrderStep.PLAN.code())
                .but(List.of(OrderAddress.GROUP, OrderAddress.CPUS, OrderAddress.MEMORY));
    }

    /** Whether plans are shown as a table. */
    public boolean isTable() {
        return selection.address().one(OrderAddress.VIEW).equals(TABLE);
    }

    /** Returns the address with the other view of plans. */
    public String shown(boolean asTable) {
        return selection
                .address()
                .with(OrderAddress.STEP, OrderStep.PLAN.code())
                .with(OrderAddress.VIEW, asTable ? TABLE : "")
                .toString();
    }

    /** Returns the regions in which any plan is sold. */
    public List<RegionChoice> getRegions() {
        var plan = selection.getPlan();
        return here().stream()
                .map(region -> new RegionChoice(
                        region,
                        page.region(region.code()),
                        region.code().equals(selection.getRegionCode()),
                        plan != null
                                && selection
                                        .goods()
                                        .offer(plan.planId(), region.code())
                                        .isPresent()))
                .toList();
    }

    /** Returns the region of a pin on the map. */
    public RegionChoice of(WorldMap.Pin pin) {
        return getRegions().stream()
                .filter(one -> one.region().code().equals(pin.code()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the map of the regions that have a location. */
    public WorldMap getMap() {
        return WorldMap.around(here(), LETTERS);
    }

    private List<Storefront.Region> here() {
        var known = regions;
        if (known == null) {
            known = storefront.regions().stream()
                    .filter(region -> selection.goods().region(region.code()).isPresent())
                    .toList();
            regions = known;
        }
        return known;
    }

    private List<OnSale> onSale() {
        var known = plans;
        if (known == null) {
            known = storefront.plans(selection.currency());
            plans = known;
        }
        return known;
    }
}
