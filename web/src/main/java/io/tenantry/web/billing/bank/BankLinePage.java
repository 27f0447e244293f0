package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.BankTransactionQuery;
import io.tenantry.billing.bank.BankTransactions;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of a bank statement: its actual or proposed customer, and the actions taken on it. */
@Named
@ViewScoped
public class BankLinePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    BankTransactions lines;

    @Inject
    BankTransactionQuery query;

    @Inject
    Format format;

    private @Nullable String parameter;
    private String words = "";
    private String reason = "";
    private String customer = "";
    private boolean isChecked;
    private @Nullable UUID id;
    private transient BankTransactions.@Nullable Line line;
    private transient @Nullable List<BankTransactions.BankTransactionEvent> acts;
    private transient @Nullable List<BankTransactions.Line> counterparts;
    private transient @Nullable List<BankTransactions.Customer> found;

    /** Loads the line, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            id = PageResult.id("bank line", parameter);
            line = query.one(known());
        });
    }

    /** Assigns the line to the proposed customer. */
    public void accept() {
        getLine()
                .proposed()
                .ifPresent(proposed -> showOutcome(lines.assign(known(), proposed.id(), isChecked), "BOOKED"));
    }

    /** Assigns the line to the chosen customer. */
    public void assign() {
        var chosen = QueryParameters.id(customer);
        if (chosen.isEmpty()) {
            PageResult.refuse("assign:customer", format.text("bank.line.customer.missing"));
            return;
        }
        showOutcome(lines.assign(known(), chosen.get(), isChecked), "BOOKED");
    }

    /** Sets the line aside because it belongs to no customer. */
    public void setAside() {
        showOutcome(lines.setAside(known(), reason), "IGNORED");
    }

    /** Returns the line to those that wait. */
    public void takeUp() {
        showOutcome(lines.takeUp(known()), "REOPENED");
    }

    /** Reverses the assignment because the line belongs to another customer. */
    public void takeBack() {
        showOutcome(lines.takeBack(known(), reason), "REVERSED");
    }

    private void showOutcome(BankTransactions.Outcome outcome, String act) {
        switch (outcome) {
            case DONE -> PageResult.go("/staff/bank-line?id=" + known(), format.text("bank.outcome." + act));
            case REASON -> PageResult.refuse("away:reason", format.text("bank.line.reason.missing"));
            case CURRENCY, CONFLICT, SECOND_PERSON, WARNING ->
                PageResult.refuse(format.text("bank.outcome." + outcome));
        }
    }

    private UUID known() {
        return Objects.requireNonNull(id);
    }

    public BankTransactions.Line getLine() {
        var here = line;
        if (here == null) {
            here = query.one(known());
            line = here;
        }
        return here;
    }

    public List<BankTransactions.BankTransactionEvent> getActs() {
        var here = acts;
        if (here == null) {
            here = query.acts(known());
            acts = here;
        }
        return here;
    }

    /** Returns the customers that match the search. */
    public List<BankTransactions.Customer> getFound() {
        var here = found;
        if (here == null) {
            here = words.isBlank() || !isOpen() ? List.of() : query.customers(words);
            found = here;
        }
        return here;
    }

    /** Returns the opposite movements that it may reverse, or that may reverse it. */
    public List<BankTransactions.Line> getCounterparts() {
        var here = counterparts;
        if (here == null) {
            here = query.counterparts(known());
            counterparts = here;
        }
        return here;
    }

    /** Whether it waits for a customer. */
    public boolean isAssignable() {
        return isOpen() && getLine().amount().isPositive();
    }

    /** Whether it waits, and the user may decide it. */
    public boolean isOpen() {
        return isManaged() && getLine().state() == BankTransactions.State.OPEN;
    }

    /** Whether it is booked, and the booking may be reversed. */
    public boolean isBooked() {
        return isManaged() && getLine().state() == BankTransactions.State.BOOKED;
    }

    /** Whether it was set aside, and may be taken up again. */
    public boolean isAside() {
        return isManaged()
                && getLine().state() == BankTransactions.State.IGNORED
                && getLine().amount().isPositive();
    }

    private boolean isManaged() {
        return me.may(Permission.STAFF_BILLING_MANAGE);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
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

    /** Whether the user confirms that the warning was checked. */
    public boolean isChecked() {
        return isChecked;
    }

    public void setChecked(boolean isChecked) {
        this.isChecked = isChecked;
    }

    public String getCustomer() {
        return customer;
    }

    public void setCustomer(@Nullable String customer) {
        this.customer = Objects.requireNonNullElse(customer, "");
    }
}
