package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.provider.account.AccountList;
import io.tenantry.provider.account.ConnectionCheck;
import io.tenantry.provider.account.ProviderAccounts;
import io.tenantry.provider.account.ProviderAccounts.Outcome;
import io.tenantry.provider.account.Vendors;
import io.tenantry.provider.stock.Stock;
import io.tenantry.provider.stock.StockImport;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One account with a vendor: whether it works, its credentials replaced but never shown, switching it off, parting with it. */
@Named
@ViewScoped
public class ProviderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    AccountList accounts;

    @Inject
    ProviderAccounts changes;

    @Inject
    ConnectionCheck connection;

    @Inject
    StockImport imports;

    @Inject
    Stock stock;

    @Inject
    Vendors vendors;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String name = "";
    private String base = "";
    private transient @Nullable String token;
    private transient AccountList.@Nullable Account account;
    private transient Stock.@Nullable Summary summary;

    /** Looks at the account, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            id = Visit.id("provider account", parameter);
            name = getAccount().name();
            base = getAccount().base().orElse("");
        });
    }

    /** Asks the vendor. What came of it is on the page. */
    public void check() {
        if (connection.check(known()).isFine()) {
            Visit.go(here(), fmt.text("provider.works"));
        } else {
            Visit.go(here());
        }
    }

    /** Reads what the vendor sells now. */
    public void take() {
        var outcome = imports.take(known());
        if (outcome instanceof StockImport.Outcome.Taken taken) {
            var count = taken.count();
            Visit.go(here(), fmt.text("stock.taken", count.sizes(), count.gone(), count.moved()));
        } else {
            Visit.go(here());
        }
    }

    /** What is known of what it sells, in numbers. */
    public Stock.Summary getSummary() {
        var known = summary;
        if (known == null) {
            known = stock.summary(known());
            summary = known;
        }
        return known;
    }

    /** Calls it something else. */
    public void rename() {
        if (isDone("rename:", changes.rename(known(), name))) {
            Visit.go(here(), fmt.text("provider.renamed", name.strip()));
        }
    }

    /** Takes other credentials, and asks the vendor about them. */
    public void replace() {
        if (isDone("replace:", changes.replace(known(), base, Objects.requireNonNullElse(token, "")))) {
            check();
        }
    }

    /** Nothing new is ordered there any more, or again. */
    public void turn(boolean on) {
        changes.turn(known(), on);
        Visit.go(here(), fmt.text(on ? "provider.is-on" : "provider.is-off"));
    }

    /** Parts with it. */
    public void remove() {
        var gone = getAccount().name();
        if (changes.remove(known()) instanceof Outcome.InUse) {
            Visit.refuse(fmt.text("provider.in-use"));
        } else {
            Visit.go("/staff/providers", fmt.text("provider.removed", gone));
        }
    }

    private boolean isDone(String form, Outcome outcome) {
        if (outcome instanceof Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                Visit.refuse(form + part, fmt.text("provider.fault." + part));
            }
        } else if (outcome instanceof Outcome.Locked) {
            Visit.refuse(form + "token", fmt.text("provider.fault.locked"));
        }
        return outcome instanceof Outcome.Done;
    }

    public AccountList.Account getAccount() {
        var known = account;
        if (known == null) {
            known = accounts.one(known());
            account = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PROVIDERS_MANAGE);
    }

    /** Whether each customer of the vendor has a panel of its own, so that there is an address to change. */
    public boolean isPanel() {
        return vendors.of(getAccount().vendorCode())
                .filter(vendor -> vendor.base().isEmpty())
                .isPresent();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getBase() {
        return base;
    }

    public void setBase(@Nullable String base) {
        this.base = Objects.requireNonNullElse(base, "");
    }

    /** Never handed out to a page. */
    public String getToken() {
        return "";
    }

    public void setToken(@Nullable String token) {
        this.token = token;
    }

    private String here() {
        return "/staff/provider?id=" + known();
    }

    private UUID known() {
        return Visit.opened(id);
    }
}
