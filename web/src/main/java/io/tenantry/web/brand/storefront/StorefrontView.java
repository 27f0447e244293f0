package io.tenantry.web.brand.storefront;

import io.tenantry.brand.storefront.Storefront;
import io.tenantry.brand.storefront.Storefront.FaqEntry;
import io.tenantry.brand.storefront.Storefront.OnSale;
import io.tenantry.brand.storefront.Storefront.Region;
import io.tenantry.brand.storefront.Storefront.TextSlot;
import io.tenantry.config.Settings;
import io.tenantry.kernel.markdown.Markdown;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.brand.BrandView;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageFrame;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content of the reseller's public pages. Each part is read once per page, on first access. */
@RequestScoped
@Named
public class StorefrontView {
    /** The height of characters on the map, in thousandths of its width. */
    private static final int LETTERS = 15;

    private static final int TEASER = 4;
    private static final int HOURS_A_DAY = 24;
    private static final int QUESTIONS_ON_FIRST_PAGE = 4;

    @Inject
    Storefront storefront;

    @Inject
    TenantDirectory directory;

    @Inject
    Settings settings;

    @Inject
    Language language;

    @Inject
    PageFrame pageFrame;

    @Inject
    Format format;

    @Inject
    BrandView brand;

    @Inject
    CurrentPerson me;

    @Inject
    DisplayCurrency list;

    @Inject
    HttpServletRequest request;

    private @Nullable Map<TextSlot, String> texts;
    private @Nullable List<OnSale> plans;
    private @Nullable List<Region> regions;
    private @Nullable WorldMap map;
    private @Nullable List<FaqEntry> questions;
    private @Nullable String group;

    /** A group of plans that has at least one plan on sale. */
    public record Group(String code, String name) {}

    /** Responds with 404 on the platform's host, which has no storefront. */
    public void open() {
        PageResult.load(() -> {
            if (pageFrame.isPlatform()) {
                throw new NotFoundException("storefront", "of the platform");
            }
        });
    }

    /** Returns the reseller's headline, or the default that suits every brand. */
    public String getHeadline() {
        return texts().getOrDefault(TextSlot.HEADLINE, format.text("store.headline"));
    }

    /** Returns the sentence below the headline. */
    public String getLead() {
        return texts().getOrDefault(TextSlot.LEAD, format.text("store.lead"));
    }

    /** Returns the text about the reseller as HTML; empty if there is none. */
    public String getAbout() {
        return texts().containsKey(TextSlot.ABOUT) ? Markdown.part(texts().get(TextSlot.ABOUT)) : "";
    }

    public List<OnSale> getPlans() {
        var known = plans;
        if (known == null) {
            known = storefront.plans(list.getCurrency());
            plans = known;
        }
        return known;
    }

    /** Returns the plans of the chosen group; all plans if none is chosen. */
    public List<OnSale> getShown() {
        var chosen = getGroup();
        return getPlans().stream()
                .filter(plan -> chosen == null || plan.categoryCode().equals(chosen))
                .toList();
    }

    public List<Group> getGroups() {
        return getPlans().stream()
                .map(plan -> new Group(plan.categoryCode(), plan.category()))
                .distinct()
                .toList();
    }

    /** Returns the plans on the first page: the first in the reseller's order. */
    public List<OnSale> getTeaser() {
        return getPlans().stream().limit(TEASER).toList();
    }

    /** Returns the plan with the lowest price. */
    public @Nullable OnSale getCheapest() {
        return getPlans().stream()
                .min(Comparator.comparing(plan -> plan.monthly().amount()))
                .orElse(null);
    }

    /** Returns the daily price of a plan. */
    public Money day(OnSale plan) {
        return new HourlyRate(plan.hourly()).times(HOURS_A_DAY);
    }

    /** Returns the address where an order of the plan starts: for visitors, the page on how to become a customer. */
    public String order(OnSale plan) {
        return me.isSignedIn() ? portal(plan) : "/register?plan=" + plan.id();
    }

    /** Returns the address where customers order the plan. */
    public String portal(OnSale plan) {
        return "/portal/order?plan=" + plan.id();
    }

    /** Returns the plan that the address names, if it is on sale. */
    public @Nullable OnSale getAsked() {
        return QueryParameters.id(request.getParameter("plan"))
                .flatMap(id ->
                        getPlans().stream().filter(plan -> plan.id().equals(id)).findFirst())
                .orElse(null);
    }

    public List<Region> getRegions() {
        var known = regions;
        if (known == null) {
            known = storefront.regions();
            regions = known;
        }
        return known;
    }

    /** Returns the map of the regions that have a location. */
    public WorldMap getMap() {
        var known = map;
        if (known == null) {
            known = WorldMap.around(getRegions(), LETTERS);
            map = known;
        }
        return known;
    }

    /** Returns the questions in the page's language. */
    public List<FaqEntry> getQuestions() {
        var known = questions;
        if (known == null) {
            known = storefront.questions(language.getTag());
            questions = known;
        }
        return known;
    }

    /** Returns the questions on the first page. */
    public List<FaqEntry> getFirstQuestions() {
        return getQuestions().stream().limit(QUESTIONS_ON_FIRST_PAGE).toList();
    }

    /** Returns the address of the first page: the bare host redirects signed-in people to their home page. */
    public String getHome() {
        return me.isSignedIn() ? "/home" : "/";
    }

    /** Returns the canonical address for search engines: at the tenant's primary host, as configured. */
    public String getCanonical() {
        var path = pageFrame.getHere().replaceAll("\\?.*", "");
        return settings.origin(directory.current().primaryHost()) + (path.equals("/home") ? "/" : path);
    }

    /** Returns the page's structured data for search engines: the organization, and on the plans' page its offers. */
    public String facts(boolean withPlans) {
        return StructuredData.of(
                brand.getName(),
                settings.origin(directory.current().primaryHost()),
                withPlans ? getPlans() : List.of());
    }

    /** Returns the group that the address names, if it exists. */
    public @Nullable String getGroup() {
        return Optional.ofNullable(group)
                .filter(code ->
                        getGroups().stream().anyMatch(each -> each.code().equals(code)))
                .orElse(null);
    }

    /** Stores the group without a lookup: before {@link #open} nothing is loaded, because the platform's host has no plans. */
    public void setGroup(@Nullable String wanted) {
        group = wanted;
    }

    private Map<TextSlot, String> texts() {
        var known = texts;
        if (known == null) {
            known = storefront.texts(language.getTag());
            texts = known;
        }
        return known;
    }
}
