package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.SnapshotQuery;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All snapshots of the organization, including those whose server was deleted. */
@Named
@RequestScoped
public class SnapshotsPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    SnapshotQuery list;

    private @Nullable List<AddonQuery.AddonView> all;

    /** Loads the snapshots, if the user may view them. */
    public void open() {
        PageResult.load(this::getAll);
    }

    public List<AddonQuery.AddonView> getAll() {
        var known = all;
        if (known == null) {
            known = list.in(organization.getId());
            all = known;
        }
        return known;
    }
}
