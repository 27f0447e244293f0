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

/** What the first two steps of an order show: plans in groups and narrowed, regions in a list and on a map. */
@Named
@RequestScoped
public class OrderChoices {
    /** How high letters are on the map, in thousandths of its width. */
    private static final int LETTERS = 22;

    private static final String TABLE = "table";
    private static final List<Integer> CPUS = List.of(2, 4, 8, 16);
    private static final List<Integer> MEMORY = List.of(2_048, 4_096, 8_192, 16_384, 32_768);

    @Inject
    OrderPage page;

    @Inject
    Storefront storefront;

    @Inject
    PortalLabels portalLabels;

    private @Nullable List<OnSale> plans;
    private @Nullable List<Storefront.Region> regions;

    /**
     * A plan to choose.
     *
     * @param sold whether it is sold in the region that is chosen, if one is
     */
    public record PlanChoice(OnSale plan, String href, boolean chosen, boolean sold) {}

    /**
     * A region to choose.
     *
     * @param sold whether the chosen plan is sold there
     */
    public record RegionChoice(Storefront.Region region, String href, boolean chosen, boolean sold) {}

    /** The plans that fit, in the reseller's order. */
    public List<PlanChoice> getPlans() {
        var at = page.address();
        var cpus = at.number(OrderAddress.CPUS).orElse(0);
        var memory = at.number(OrderAddress.MEMORY).orElse(0);
        var group = at.one(OrderAddress.GROUP);
        var region = page.goods().region(at.one(OrderAddress.REGION));
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
                                || page.goods()
                                        .offer(plan.id(), region.get().code())
                                        .isPresent()))
                .toList();
    }

    /** Groups that there are plans in; none if there is but one. */
    public List<Filter.Choice> getGroups() {
        var groups = onSale().stream()
                .map(plan -> new Filter.Choice(plan.categoryCode(), plan.category()))
                .distinct()
                .toList();
        return groups.size() > 1 ? groups : List.of();
    }

    /** How many processors one may ask for: as many as some plan has. */
    public List<Filter.Choice> getCpus() {
        return CPUS.stream()
                .filter(most -> onSale().stream().anyMatch(plan -> plan.size().vcpus() >= most))
                .map(most -> new Filter.Choice(most.toString(), most.toString()))
                .toList();
    }

    /** How much memory one may ask for. */
    public List<Filter.Choice> getMemory() {
        return MEMORY.stream()
                .filter(most -> onSale().stream().anyMatch(plan -> plan.size().memoryMib() >= most))
                .map(most -> new Filter.Choice(most.toString(), portalLabels.gigabytes(most / 1_024)))
                .toList();
    }

    /** What is chosen of a filter. */
    public String chosen(String filter) {
        return page.address().one(filter);
    }

    /** Whether fewer plans are shown than there are. */
    public boolean isNarrowed() {
        return Stream.of(OrderAddress.GROUP, OrderAddress.CPUS, OrderAddress.MEMORY)
                .anyMatch(filter -> !page.address().one(filter).isEmpty());
    }

    /** The address with all plans. */
    public String getWhole() {
        return page.address()
                .with(OrderAddress.GROUP, "")
                .with(OrderAddress.CPUS, "")
                .with(OrderAddress.MEMORY, "")
                .toString();
    }

    /** What the filters take along in the address. */
    public List<OrderAddress.Part> getTaken() {
        return page.address()
                .with(OrderAddress.STEP, OrderStep.PLAN.code())
                .but(List.of(OrderAddress.GROUP, OrderAddress.CPUS, OrderAddress.MEMORY));
    }

    /** Whether plans are shown as a table. */
    public boolean isTable() {
        return page.address().one(OrderAddress.VIEW).equals(TABLE);
    }

    /** The address with plans shown otherwise. */
    public String shown(boolean asTable) {
        return page.address()
                .with(OrderAddress.STEP, OrderStep.PLAN.code())
                .with(OrderAddress.VIEW, asTable ? TABLE : "")
                .toString();
    }

    /** The regions in which something is sold. */
    public List<RegionChoice> getRegions() {
        var plan = page.getPlan();
        return here().stream()
                .map(region -> new RegionChoice(
                        region,
                        page.region(region.code()),
                        region.code().equals(page.getRegionCode()),
                        plan != null
                                && page.goods()
                                        .offer(plan.planId(), region.code())
                                        .isPresent()))
                .toList();
    }

    /** The region of a pin on the map. */
    public RegionChoice of(WorldMap.Pin pin) {
        return getRegions().stream()
                .filter(one -> one.region().code().equals(pin.code()))
                .findFirst()
                .orElseThrow();
    }

    /** Those that have a place on the map. */
    public WorldMap getMap() {
        return WorldMap.around(here(), LETTERS);
    }

    private List<Storefront.Region> here() {
        var known = regions;
        if (known == null) {
            known = storefront.regions().stream()
                    .filter(region -> page.goods().region(region.code()).isPresent())
                    .toList();
            regions = known;
        }
        return known;
    }

    private List<OnSale> onSale() {
        var known = plans;
        if (known == null) {
            known = storefront.plans(page.getCurrency());
            plans = known;
        }
        return known;
    }
}
