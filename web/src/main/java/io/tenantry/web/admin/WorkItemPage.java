package io.tenantry.web.admin;

import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkAdministration;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One work item: its history, retrying it and giving it up. */
@Named
@ViewScoped
public class WorkItemPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    WorkAdministration work;

    @Inject
    TenantDirectory directory;

    @Inject
    Format format;

    private String parameter = "";
    private String reason = "";
    private transient WorkAdministration.@Nullable View item;

    /** Loads the item, if the operator may view it. */
    public void open() {
        PageResult.load(() -> item = work.one(id()));
    }

    /** Makes the item due for a retry now. */
    public void retry() {
        var retryOutcome = work.retry(id());
        if (retryOutcome instanceof RetryOutcome.InsufficientFunds lacking) {
            PageResult.refuse(format.text("work.too-little", format.money(lacking.missing())));
        } else {
            PageResult.go(
                    here(),
                    format.text(retryOutcome instanceof RetryOutcome.Retried ? "work.retried" : "work.too-late"));
        }
    }

    /** Gives the item up: it is not retried again. */
    public void giveUp() {
        if (reason.isBlank()) {
            PageResult.refuse("give-up:reason", format.text("work.reason.missing"));
            return;
        }
        PageResult.go(here(), format.text(work.giveUp(id(), reason) ? "work.canceled" : "work.too-late"));
    }

    public WorkAdministration.View getItem() {
        var known = item;
        if (known == null) {
            known = work.one(id());
            item = known;
        }
        return known;
    }

    /** Returns the display name of the item's tenant. */
    public String getTenant() {
        var tenant = getItem().tenant();
        return directory.byId(tenant).map(Tenant::name).orElse(tenant.value());
    }

    public String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = Objects.requireNonNullElse(parameter, "");
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    private String here() {
        return "/admin/work/one?id=" + id();
    }

    private long id() {
        if (!parameter.matches("[0-9]{1,18}")) {
            throw new NotFoundException("work item", "of that address");
        }
        return Long.parseLong(parameter);
    }
}
