package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.ProfileSettings;
import io.tenantry.billing.bank.StatementReviews;
import io.tenantry.billing.bank.StatementReviews.Entry;
import io.tenantry.billing.bank.StatementReviews.Field;
import io.tenantry.billing.bank.StatementReviews.Outcome;
import io.tenantry.billing.bank.StatementReviews.ReviewRow;
import io.tenantry.billing.bank.StatementReviews.ReviewState;
import io.tenantry.billing.bank.statement.Direction;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.TypedValue;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.component.UIComponent;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of a posted bank file that could not be read with certainty: a person completes or discards it. */
@Named
@ViewScoped
public class BankReviewPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    StatementReviews reviews;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String bookedOn = "";
    private @Nullable BigDecimal amount;
    private String currency = "";
    private @Nullable Direction direction;
    private String payer = "";
    private String words = "";
    private String reason = "";
    private String discardReason = "";
    private transient @Nullable ReviewRow row;

    /** Loads the row, if the user may view it; fields that are certain are filled in. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("bank row", parameter);
            var found = reviews.one(known);
            id = known;
            row = found;
            bookedOn = found.bookedOn().map(LocalDate::toString).orElse("");
            amount = found.amount()
                    .map(BigDecimal::abs)
                    .map(BigDecimal::stripTrailingZeros)
                    .orElse(null);
            direction = found.amount()
                    .map(value -> value.signum() > 0 ? Direction.IN : Direction.OUT)
                    .orElse(null);
            currency = found.currency().map(Currency::getCurrencyCode).orElse("");
            payer = found.payer();
            words = found.words();
        });
    }

    /** Turns it into a line with the entered values. */
    public void complete() {
        var day = day();
        var value = amount;
        var way = direction;
        if (day.isEmpty()) {
            refuse(Field.DATE);
        } else if (value == null) {
            refuse(Field.AMOUNT);
        } else if (way == null) {
            PageResult.refuse("complete:direction", format.text("bank.review.invalid.DIRECTION"));
        } else {
            showOutcome(
                    reviews.complete(known(), new Entry(day.get(), value, currency, way, payer, words, reason)),
                    "complete:reason");
        }
    }

    /** Returns the currency in an input, whose decimals the amount may have; null while it is not a currency. */
    public @Nullable Currency currencyIn(UIComponent input) {
        return ProfileSettings.currency(TypedValue.of(input)).orElse(null);
    }

    private Optional<LocalDate> day() {
        return DateText.day(bookedOn);
    }

    /** Marks it as no movement of money. */
    public void discard() {
        showOutcome(reviews.discard(known(), discardReason), "discard:why");
    }

    private void showOutcome(Outcome outcome, String reasonField) {
        if (outcome instanceof Outcome.Completed completed) {
            PageResult.go("/staff/bank-line?id=" + completed.lineId(), format.text("bank.review.completed"));
        } else if (outcome instanceof Outcome.Discarded) {
            PageResult.go("/staff/bank?state=review", format.text("bank.review.discarded"));
        } else if (outcome instanceof Outcome.Invalid invalid && invalid.field() == Field.REASON) {
            PageResult.refuse(reasonField, format.text("bank.line.reason.missing"));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            refuse(invalid.field());
        } else {
            PageResult.refuse(format.text("bank.outcome.CONFLICT"));
            row = null;
        }
    }

    private void refuse(Field field) {
        PageResult.refuse(
                "complete:" + (field == Field.DATE ? "date" : field == Field.AMOUNT ? "amount" : "currency"),
                format.text("bank.review.invalid." + field));
    }

    private UUID known() {
        return Objects.requireNonNull(id);
    }

    public ReviewRow getRow() {
        var here = row;
        if (here == null) {
            here = reviews.one(known());
            row = here;
        }
        return here;
    }

    /** Whether it waits, and the user may decide it. */
    public boolean isOpen() {
        return getRow().state() == ReviewState.OPEN && me.may(Permission.STAFF_BILLING_MANAGE);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getBookedOn() {
        return bookedOn;
    }

    public void setBookedOn(@Nullable String bookedOn) {
        this.bookedOn = Objects.requireNonNullElse(bookedOn, "");
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(@Nullable String currency) {
        this.currency = Objects.requireNonNullElse(currency, "");
    }

    public @Nullable Direction getDirection() {
        return direction;
    }

    public void setDirection(@Nullable Direction direction) {
        this.direction = direction;
    }

    public Direction[] getDirections() {
        return Direction.values();
    }

    public String getPayer() {
        return payer;
    }

    public void setPayer(@Nullable String payer) {
        this.payer = Objects.requireNonNullElse(payer, "");
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = Objects.requireNonNullElse(words, "");
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    public String getDiscardReason() {
        return discardReason;
    }

    public void setDiscardReason(@Nullable String discardReason) {
        this.discardReason = Objects.requireNonNullElse(discardReason, "");
    }
}
