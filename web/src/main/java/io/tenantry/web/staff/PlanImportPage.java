package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.cloud.provider.catalog.Markup;
import io.tenantry.cloud.provider.catalog.PlanImport;
import io.tenantry.cloud.provider.catalog.ProviderRegions;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.InputText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.layout.TypedValue;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The import of a provider's selected sizes as plans: first a preview, then the sale. */
@Named
@ViewScoped
public class PlanImportPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    ProviderSizes providerSizes;

    @Inject
    ProviderRegions places;

    @Inject
    PlanImport planImport;

    @Inject
    Catalog catalog;

    @Inject
    TenantDirectory tenants;

    @Inject
    Format format;

    private final ArrayList<PlanImportRow> chosen = new ArrayList<>();
    private @Nullable UUID accountId;
    private String currency = "";
    private String category = "";
    private int position;
    private Markup.Kind kind = Markup.Kind.PERCENT;
    private @Nullable BigDecimal markup = BigDecimal.valueOf(50);
    private @Nullable BigDecimal exchange;
    private String[] regions = {};
    private transient @Nullable List<PlanImport.Priced> priced;
    private transient @Nullable List<Catalog.Region> soldRegions;

    /** Loads the selected sizes. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_PLANS_MANAGE)) {
                throw new AccessDeniedException(Permission.STAFF_PLANS_MANAGE);
            }
            var sizes = providerSizes.these(ids());
            if (sizes.isEmpty()) {
                throw new NotFoundException("size", "of that address");
            }
            accountId = sizes.get(0).accountId();
            sizes.stream()
                    .flatMap(size -> size.monthly().stream())
                    .findFirst()
                    .ifPresent(price -> currency = price.currency().getCurrencyCode());
            sizes.forEach(size -> chosen.add(new PlanImportRow(size, codeOf(size))));
        });
    }

    private static List<UUID> ids() {
        var values = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .get("id");
        return Arrays.stream(Objects.requireNonNullElse(values, new String[0]))
                .flatMap(id -> QueryParameters.id(id).stream())
                .distinct()
                .limit(PlanImport.TOGETHER_MAX)
                .toList();
    }

    /** Derives a plan code from the provider's code. */
    private static String codeOf(ProviderSizes.Size size) {
        var code = size.code()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("^[.-]+", "");
        var whole = code.matches("[0-9]*") ? "s-" + size.vcpus() + "-" + size.memoryMib() + "-" + code : code;
        return InputText.cut(whole, 40);
    }

    /** Returns the maximum cost and price of a plan. */
    public Money getMost() {
        var own = tenants.current().currency();
        return new Money(PriceItem.highest(own), own);
    }

    /** Returns the maximum value of the provider's currency. */
    public BigDecimal getExchangeMost() {
        return PlanImport.EXCHANGE_MAX;
    }

    /** Returns the maximum markup of the kind in an input: an amount, or a percentage. */
    public Object markupMost(UIComponent kindInput) {
        return isPercent(kindInput) ? Markup.PERCENT_MAX : getMost();
    }

    /** Returns the message for a markup that is too high; null for the usual one of amounts. */
    public @Nullable String markupFault(UIComponent kindInput) {
        return isPercent(kindInput) ? format.text("plan-import.fault.markup.percent") : null;
    }

    private static boolean isPercent(UIComponent kindInput) {
        return TypedValue.of(kindInput).equals(Markup.Kind.PERCENT.name());
    }

    /** Shows the prices at which they would be sold. */
    public void preview() {
        showOutcome(planImport.preview(items(), terms()));
    }

    /** Puts them on sale. */
    public void sell() {
        if (showOutcome(planImport.sell(items(), terms()))) {
            PageResult.go("/staff/plans", format.text("plan-import.done", chosen.size()));
        }
    }

    private boolean showOutcome(PlanImport.Outcome outcome) {
        if (outcome instanceof PlanImport.Outcome.Done done) {
            priced = done.all();
            return true;
        }
        if (outcome instanceof PlanImport.Outcome.Invalid invalid) {
            invalid.faults().forEach(this::show);
        }
        return false;
    }

    private void show(PlanImport.Fault fault) {
        var text = format.text("plan-import.fault." + format.word(fault.field()));
        var field = fieldOf(fault, chosen, isTyped());
        if (field.isPresent()) {
            PageResult.refuse(field.get(), text);
        } else {
            var name = fault.sizeId().flatMap(this::nameOf);
            PageResult.refuse(name.map(known -> known + ": " + text).orElse(text));
        }
    }

    /** Returns the client ID of the invalid input; empty if the page has no input for it. */
    static Optional<String> fieldOf(PlanImport.Fault fault, List<PlanImportRow> rows, boolean isTyped) {
        return switch (fault.field()) {
            case CODE, NAME -> inRow(fault, rows, row -> true);
            case COST -> inRow(fault, rows, row -> !row.isPriced());
            case CATEGORY, POSITION, MARKUP, REGIONS ->
                Optional.of("sell:" + fault.field().name().toLowerCase(Locale.ROOT));
            case PRICE -> Optional.of("sell:markup");
            case EXCHANGE ->
                isTyped ? Optional.of("sell:" + fault.field().name().toLowerCase(Locale.ROOT)) : Optional.empty();
            case WHOLESALE, ALREADY_SOLD, ACCOUNT -> Optional.empty();
        };
    }

    private static Optional<String> inRow(
            PlanImport.Fault fault, List<PlanImportRow> rows, Predicate<PlanImportRow> hasInput) {
        return IntStream.range(0, rows.size())
                .filter(index ->
                        fault.sizeId().filter(rows.get(index).getId()::equals).isPresent()
                                && hasInput.test(rows.get(index)))
                .mapToObj(index ->
                        "sell:each:" + index + ":" + fault.field().name().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private Optional<String> nameOf(UUID sizeId) {
        return chosen.stream()
                .filter(one -> one.getId().equals(sizeId))
                .map(PlanImportRow::getTitle)
                .findFirst();
    }

    private List<PlanImport.Item> items() {
        return chosen.stream().map(PlanImportRow::item).toList();
    }

    private PlanImport.Terms terms() {
        return new PlanImport.Terms(
                category,
                position,
                new Markup(kind, Objects.requireNonNullElse(markup, BigDecimal.ZERO)),
                isTyped() ? Optional.ofNullable(exchange) : Optional.empty(),
                Set.of(regions));
    }

    /** Returns the selected sizes. */
    public List<PlanImportRow> getChosen() {
        return chosen;
    }

    /** Returns the price at which it would be sold, once a preview was requested. */
    public PlanImport.@Nullable Priced priceOf(PlanImportRow one) {
        var known = priced;
        return known == null
                ? null
                : known.stream()
                        .filter(price -> price.sizeId().equals(one.getId()))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether the provider's prices are in another currency than the reseller's. */
    public boolean isForeign() {
        return !currency.isEmpty() && !currency.equals(getOwnCurrency());
    }

    /** Whether the exchange rate must be entered, because no recent one is known. */
    public boolean isTyped() {
        return isForeign() && getWorth() == null;
    }

    /** Returns the stored exchange rate that is used, if there is one. */
    public PlanImport.@Nullable ExchangeValue getWorth() {
        return isForeign() ? planImport.worth(Currency.getInstance(currency)).orElse(null) : null;
    }

    /** Returns that rate as text, with its day and source. */
    public String getWorthLine() {
        var exchangeValue = getWorth();
        return exchangeValue == null
                ? ""
                : format.text(
                        "plan-import.worth",
                        currency + " = " + format.rate(exchangeValue.exchange()) + " " + getOwnCurrency(),
                        exchangeValue.source(),
                        format.date(exchangeValue.day(), "date"));
    }

    public String getCurrency() {
        return currency;
    }

    public String getOwnCurrency() {
        return tenants.current().currency().getCurrencyCode();
    }

    public List<Catalog.Category> getCategories() {
        return catalog.categories();
    }

    /** Returns the reseller's regions that are available with this provider. */
    public List<Catalog.Region> getSoldRegions() {
        var known = soldRegions;
        if (known == null) {
            var sold = places.sold(PageResult.opened(accountId));
            known = catalog.regions().stream()
                    .filter(region -> sold.contains(region.code()))
                    .toList();
            soldRegions = known;
        }
        return known;
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = Objects.requireNonNullElse(category, "");
    }

    public int getPosition() {
        return position;
    }

    public void setPosition(int position) {
        this.position = position;
    }

    public String getKind() {
        return kind.name();
    }

    /** Keeps the current value if the form omits it. */
    public void setKind(@Nullable String kind) {
        if (kind != null) {
            this.kind = Markup.Kind.valueOf(kind);
        }
    }

    public @Nullable BigDecimal getMarkup() {
        return markup;
    }

    public void setMarkup(@Nullable BigDecimal markup) {
        this.markup = markup;
    }

    public @Nullable BigDecimal getExchange() {
        return exchange;
    }

    public void setExchange(@Nullable BigDecimal exchange) {
        this.exchange = exchange;
    }

    public String[] getRegions() {
        return regions.clone();
    }

    public void setRegions(String[] regions) {
        this.regions = regions.clone();
    }
}
