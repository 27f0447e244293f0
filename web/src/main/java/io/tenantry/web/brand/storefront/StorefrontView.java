package io.tenantry.web.brand.storefront;

import io.tenantry.brand.storefront.Storefront;
import io.tenantry.brand.storefront.Storefront.OnSale;
import io.tenantry.brand.storefront.Storefront.Question;
import io.tenantry.brand.storefront.Storefront.Region;
import io.tenantry.brand.storefront.Storefront.Slot;
import io.tenantry.config.Settings;
import io.tenantry.kernel.markdown.Markdown;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.brand.BrandView;
import io.tenantry.web.catalog.fx.PriceList;
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

/** What the reseller's public pages show. Each is read once a page, when it is first asked for. */
@RequestScoped
@Named
public class StorefrontView {
    /** How high letters are on the map, in thousandths of its width. */
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
    PriceList list;

    @Inject
    HttpServletRequest request;

    private @Nullable Map<Slot, String> texts;
    private @Nullable List<OnSale> plans;
    private @Nullable List<Region> regions;
    private @Nullable WorldMap map;
    private @Nullable List<Question> questions;
    private @Nullable String group;

    /** A group of plans that has something on sale. */
    public record Group(String code, String name) {}

    /** These pages are the resellers'; the platform's host has none. */
    public void open() {
        PageResult.look(() -> {
            if (pageFrame.isPlatform()) {
                throw new NotFoundException("storefront", "of the platform");
            }
        });
    }

    /** What the reseller stands for, in its own words or those that are true of every brand. */
    public String getHeadline() {
        return texts().getOrDefault(Slot.HEADLINE, format.text("store.headline"));
    }

    /** The sentence below. */
    public String getLead() {
        return texts().getOrDefault(Slot.LEAD, format.text("store.lead"));
    }

    /** Who they are, as HTML; empty if they do not say. */
    public String getAbout() {
        return texts().containsKey(Slot.ABOUT) ? Markdown.part(texts().get(Slot.ABOUT)) : "";
    }

    public List<OnSale> getPlans() {
        var known = plans;
        if (known == null) {
            known = storefront.plans(list.getCurrency());
            plans = known;
        }
        return known;
    }

    /** The plans of the chosen group; all of them if none is chosen. */
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

    /** Some plans to begin with: the first of the reseller's order. */
    public List<OnSale> getTeaser() {
        return getPlans().stream().limit(TEASER).toList();
    }

    /** The plan that costs least. */
    public @Nullable OnSale getCheapest() {
        return getPlans().stream()
                .min(Comparator.comparing(plan -> plan.monthly().amount()))
                .orElse(null);
    }

    /** What a day of a plan costs. */
    public Money day(OnSale plan) {
        return new HourlyRate(plan.hourly()).times(HOURS_A_DAY);
    }

    /** Where an order of the plan begins: for strangers, where they learn how to become customers. */
    public String order(OnSale plan) {
        return me.isSignedIn() ? portal(plan) : "/register?plan=" + plan.id();
    }

    /** Where customers order the plan. */
    public String portal(OnSale plan) {
        return "/portal/order?plan=" + plan.id();
    }

    /** The plan that the address names, if it is on sale. */
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

    /** The map of the regions that have a place on it. */
    public WorldMap getMap() {
        var known = map;
        if (known == null) {
            known = WorldMap.around(getRegions(), LETTERS);
            map = known;
        }
        return known;
    }

    /** Questions in the page's language. */
    public List<Question> getQuestions() {
        var known = questions;
        if (known == null) {
            known = storefront.questions(language.getTag());
            questions = known;
        }
        return known;
    }

    /** The first of them. */
    public List<Question> getFirstQuestions() {
        return getQuestions().stream().limit(QUESTIONS_ON_FIRST_PAGE).toList();
    }

    /** Where the first page is: the bare host leads people home who are signed in. */
    public String getHome() {
        return me.isSignedIn() ? "/home" : "/";
    }

    /** The one address that search engines shall know the page by: at the tenant's first host, as configured. */
    public String getCanonical() {
        var path = pageFrame.getHere().replaceAll("\\?.*", "");
        return settings.origin(directory.current().primaryHost()) + (path.equals("/home") ? "/" : path);
    }

    /** The page's facts for search engines: the organization, and on the plans' page what it offers. */
    public String facts(boolean withPlans) {
        return StructuredData.of(
                brand.getName(),
                settings.origin(directory.current().primaryHost()),
                withPlans ? getPlans() : List.of());
    }

    /** The group of the address, if there is such a one. */
    public @Nullable String getGroup() {
        return Optional.ofNullable(group)
                .filter(code ->
                        getGroups().stream().anyMatch(each -> each.code().equals(code)))
                .orElse(null);
    }

    /** Before {@link #open} nothing is looked for: the platform's host has no plans. */
    public void setGroup(@Nullable String wanted) {
        group = wanted;
    }

    private Map<Slot, String> texts() {
        var known = texts;
        if (known == null) {
            known = storefront.texts(language.getTag());
            texts = known;
        }
        return known;
    }
}
