package io.tenantry.web.portal;

import io.tenantry.options.OptionList;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All disks of the organization, also those whose server has ended. */
@Named
@RequestScoped
public class VolumesPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    OptionList options;

    private @Nullable List<OptionList.Shown> all;

    /** Looks at them, if they may be seen. */
    public void open() {
        Visit.look(this::getAll);
    }

    public List<OptionList.Shown> getAll() {
        var known = all;
        if (known == null) {
            known = options.volumesIn(organization.getId());
            all = known;
        }
        return known;
    }
}
