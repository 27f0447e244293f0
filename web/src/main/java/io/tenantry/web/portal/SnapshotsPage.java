package io.tenantry.web.portal;

import io.tenantry.options.OptionList;
import io.tenantry.options.SnapshotList;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All snapshots of the organization, also those whose server has ended. */
@Named
@RequestScoped
public class SnapshotsPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    SnapshotList list;

    private @Nullable List<OptionList.Shown> all;

    /** Looks at them, if they may be seen. */
    public void open() {
        Visit.look(this::getAll);
    }

    public List<OptionList.Shown> getAll() {
        var known = all;
        if (known == null) {
            known = list.in(organization.getId());
            all = known;
        }
        return known;
    }
}
