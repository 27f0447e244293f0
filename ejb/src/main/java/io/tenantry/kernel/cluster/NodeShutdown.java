package io.tenantry.kernel.cluster;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** What a node says last. No session bean: those stop in any order with the one that calls this, and would refuse the call. */
@Dependent
public class NodeShutdown {
    @Inject
    Sql sql;

    @Inject
    Settings settings;

    /** This node stops: it is not lost. Runs in a transaction of the caller; a node that has never given a sign has nothing to say. */
    public void record() {
        Tenancy.in(
                Scope.WORK,
                () -> sql.update(
                        "update node set stopped_at = clock_timestamp() where name = ? and boot = ?",
                        settings.node(),
                        Nodes.BOOT));
    }
}
