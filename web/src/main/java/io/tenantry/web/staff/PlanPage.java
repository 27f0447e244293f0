package io.tenantry.web.staff;

import io.tenantry.billing.tax.PlanTaxCategories;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.catalog.pricing.WholesaleLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.DateRange;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.validator.ValidatorException;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One plan: its price in force, all versions of it, a new one, and taking it off sale. */
@Named
@ViewScoped
public class PlanPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Catalog catalog;

    @Inject
    PlanTaxCategories taxes;

    @Inject
    TenantDirectory tenants;

    @Inject
    DisplayCurrency list;

    @Inject
    Clock clock;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    @Inject
    WholesaleLabels wholesaleLabels;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private @Nullable BigDecimal monthly;
    private String validFrom = "";
    private boolean free;
    private @Nullable String taxCategory;
    private @Nullable String taxFrom;
    private transient PlanTaxCategories.@Nullable PlanCategory tax;
    private transient Catalog.@Nullable PlanView plan;
    private transient @Nullable List<Catalog.PriceView> prices;

    /** Loads the plan, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_PLANS_VIEW)) {
                throw new AccessDeniedException(Permission.STAFF_PLANS_VIEW);
            }
            id = PageResult.id("plan", parameter);
            getPrices().stream()
                    .filter(price -> !isComing(price.validFrom()))
                    .findFirst()
                    .or(() -> getPlan().price())
                    .ifPresent(price -> monthly =
                            list.isOfBooks() || price.monthly().currency().equals(list.getCurrency())
                                    ? price.monthly().amount()
                                    : null);
        });
    }

    /** Returns the maximum price. */
    public Money getMost() {
        return new Money(PriceItem.highest(list.getCurrency()), list.getCurrency());
    }

    /** Publishes a price. */
    public void publish() {
        var from = validFrom();
        var price = new Money(Objects.requireNonNullElse(monthly, BigDecimal.ZERO), list.getCurrency());
        var draft = new Catalog.PriceDraft(known(), price, Objects.requireNonNullElseGet(from, clock::instant));
        if (from == null) {
            PageResult.refuse("publish:valid_from", format.text("field.valid_from"));
        }
        if (from == null) {
            catalog.faults(draft).stream()
                    .filter(field -> field != Catalog.Field.VALID_FROM)
                    .forEach(this::refuse);
            return;
        }
        var outcome = catalog.publish(draft);
        if (outcome instanceof Catalog.Outcome.Done) {
            PageResult.go(here(), format.text("price.published"));
        } else if (outcome instanceof Catalog.Outcome.Invalid invalid) {
            invalid.fields().forEach(this::refuse);
        }
    }

    private void refuse(Catalog.Field field) {
        var part = field.name().toLowerCase(Locale.ROOT);
        if (field == Catalog.Field.WHOLESALE) {
            PageResult.refuse("publish:monthly", format.text("price.wholesale.missing"));
        } else {
            PageResult.refuse("publish:" + part, format.text("field." + part));
        }
    }

    /** Refuses an unconfirmed price of zero together with the faults of the other fields, before the action. */
    public void confirm(FacesContext faces, UIComponent field, @Nullable Object isFree) {
        var price = (EditableValueHolder) field.findComponent("monthly");
        if (price.isValid()
                && price.getValue() instanceof BigDecimal amount
                && needsConfirmation(new Money(amount, list.getCurrency()), Boolean.TRUE.equals(isFree))) {
            throw new ValidatorException(
                    new FacesMessage(FacesMessage.SEVERITY_ERROR, format.text("price.free.confirm"), null));
        }
    }

    /** A price of zero is often a typing error, so it is only published as the price of a plan that is stated to be free. */
    static boolean needsConfirmation(Money price, boolean isFree) {
        return price.isZero() && !isFree;
    }

    /** Sets the tax category. */
    public void categorize() {
        var outcome = DateRange.day(getTaxFrom())
                .map(day -> taxes.note(known(), getTaxCategory(), day))
                .orElse(PlanTaxCategories.Outcome.FROM);
        switch (outcome) {
            case DONE, UNCHANGED -> PageResult.go(here(), format.text("tax.saved"));
            case CATEGORY -> PageResult.refuse("tax:category", format.text("plan.tax.fault.category"));
            case FROM -> PageResult.refuse("tax:from", format.text("plan.tax.fault.from"));
        }
    }

    /** Returns the tax category of the plan. */
    public PlanTaxCategories.PlanCategory getTax() {
        var planCategory = tax;
        if (planCategory == null) {
            planCategory = taxes.of(known());
            tax = planCategory;
        }
        return planCategory;
    }

    /** Takes the plan off sale. */
    public void retire() {
        var before = catalog.retire(known());
        var undo = undoActions.keep(new UndoAction.PlanRetired(known(), before));
        PageResult.go(here(), format.text("plan.retired", getPlan().name()), undo);
    }

    /** Whether the price is confirmed to be zero. */
    public boolean isFree() {
        return free;
    }

    public void setFree(boolean free) {
        this.free = free;
    }

    public Catalog.PlanView getPlan() {
        var known = plan;
        if (known == null) {
            known = catalog.plans().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("plan", "of that address"));
            plan = known;
        }
        return known;
    }

    /** Returns the versions of its price in the displayed currency, the latest first. */
    public List<Catalog.PriceView> getPrices() {
        var known = prices;
        if (known == null) {
            known = catalog.prices(known()).stream()
                    .filter(one -> one.monthly().currency().equals(list.getCurrency()))
                    .toList();
            prices = known;
        }
        return known;
    }

    /** Returns whether a version is the one that an order would use now. */
    public boolean isNow(Catalog.PriceView price) {
        return getPrices().stream()
                .filter(one -> !isComing(one.validFrom()))
                .max(Comparator.comparing(Catalog.PriceView::validFrom))
                .filter(price::equals)
                .isPresent();
    }

    /** Returns whether a version is not in force yet. */
    public boolean isComing(Instant from) {
        return from.isAfter(clock.instant());
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE) && getPlan().state() != Plan.State.RETIRED;
    }

    /** Whether a price can be published in the displayed currency: a price in the ledger's currency must exist first. */
    public boolean isPublishable() {
        return isManaged() && list.isOpen() && (list.isOfBooks() || getPlan().state() == Plan.State.ON_SALE);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable BigDecimal getMonthly() {
        return monthly;
    }

    public void setMonthly(@Nullable BigDecimal monthly) {
        this.monthly = monthly;
    }

    /** Returns the current wholesale price as text. */
    public String getWholesale() {
        return wholesaleLabels.describe(catalog.wholesale(known(), clock.instant()));
    }

    /** Returns day and time in the tenant's zone; empty for now. */
    public String getValidFrom() {
        return validFrom;
    }

    public void setValidFrom(@Nullable String validFrom) {
        this.validFrom = Objects.requireNonNullElse(validFrom, "");
    }

    /** Returns the entered category; by default the latest one saved. */
    public String getTaxCategory() {
        return Objects.requireNonNullElseGet(
                taxCategory,
                () -> getTax().history().stream()
                        .findFirst()
                        .map(PlanTaxCategories.CategorySince::category)
                        .orElse(getTax().now()));
    }

    public void setTaxCategory(@Nullable String taxCategory) {
        this.taxCategory = Objects.requireNonNullElse(taxCategory, "");
    }

    /** Returns the entered day; by default the earliest possible one. */
    public String getTaxFrom() {
        var known = taxFrom;
        if (known == null) {
            known = taxes.earliest(known()).toString();
            taxFrom = known;
        }
        return known;
    }

    public void setTaxFrom(@Nullable String taxFrom) {
        this.taxFrom = Objects.requireNonNullElse(taxFrom, "");
    }

    private @Nullable Instant validFrom() {
        if (validFrom.isBlank()) {
            return clock.instant();
        }
        return DateText.local(validFrom)
                .flatMap(moment -> DateText.at(moment, tenants.current().zone()))
                .orElse(null);
    }

    private String here() {
        return list.at("/staff/plan?id=" + known());
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
