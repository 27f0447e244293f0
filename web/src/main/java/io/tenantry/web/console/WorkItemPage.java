package io.tenantry.web.console;

import io.tenantry.identity.NotVisible;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.work.Looked;
import io.tenantry.work.WorkConsole;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One work item: what became of it so far, trying it again, giving it up. */
@Named
@ViewScoped
public class WorkItemPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    WorkConsole work;

    @Inject
    TenantDirectory directory;

    @Inject
    Fmt fmt;

    private String parameter = "";
    private String reason = "";
    private transient WorkConsole.@Nullable View item;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> item = work.one(id()));
    }

    /** Lets it be tried now. */
    public void retry() {
        var looked = work.retry(id());
        if (looked instanceof Looked.TooLittle lacking) {
            Visit.refuse(fmt.text("work.too-little", fmt.money(lacking.missing())));
        } else {
            Visit.go(here(), fmt.text(looked instanceof Looked.Again ? "work.retried" : "work.too-late"));
        }
    }

    /** Nobody tries it any more. */
    public void giveUp() {
        if (reason.isBlank()) {
            Visit.refuse("give-up:reason", fmt.text("work.reason.missing"));
            return;
        }
        Visit.go(here(), fmt.text(work.giveUp(id(), reason) ? "work.given-up" : "work.too-late"));
    }

    public WorkConsole.View getItem() {
        var known = item;
        if (known == null) {
            known = work.one(id());
            item = known;
        }
        return known;
    }

    /** What people call whose it is. */
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
        return "/console/work/one?id=" + id();
    }

    private long id() {
        if (!parameter.matches("[0-9]{1,18}")) {
            throw new NotVisible("work item", "of that address");
        }
        return Long.parseLong(parameter);
    }
}
