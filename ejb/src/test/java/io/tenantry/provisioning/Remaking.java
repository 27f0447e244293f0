package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.testing.Boundary;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;

/** What the container does for {@code REQUIRES_NEW}, where servers get another size or begin anew. */
final class Remaking extends ChangeSteps {
    private final Boundary boundary;

    Remaking(Workroom.Parts parts, Lives lives, Wishes wishes, Calls calls, Holds holds, AuditTrail audit) {
        super(parts.sql(), parts.clock(), lives, wishes, calls, parts.items(), holds, parts.charging(), audit);
        boundary = parts.boundary();
    }

    @Override
    public Standing read(Work work) {
        return boundary.in("change read", () -> super.read(work));
    }

    @Override
    public boolean announce(Work work) {
        return boundary.in("change announce", () -> super.announce(work));
    }

    @Override
    public void taken(Work work, Task task) {
        boundary.run("change taken", () -> super.taken(work, task));
    }

    @Override
    public void refused(Work work, String words) {
        boundary.run("change refused", () -> super.refused(work, words));
    }

    @Override
    public boolean isLost(Work work) {
        return boundary.in("change lost", () -> super.isLost(work));
    }

    @Override
    public void unsure(Work work, String words) {
        boundary.run("change unsure", () -> super.unsure(work, words));
    }

    @Override
    public void resized(Work work, Server.State state) {
        boundary.run("change resized", () -> super.resized(work, state));
    }

    @Override
    public void rebuilt(Work work) {
        boundary.run("change rebuilt", () -> super.rebuilt(work));
    }

    @Override
    public void turnedOver(Work work) {
        boundary.run("change turned over", () -> super.turnedOver(work));
    }

    @Override
    public void fail(Work work, Reason reason, String words) {
        boundary.run("change fail", () -> super.fail(work, reason, words));
    }

    @Override
    public void drop(Work work) {
        boundary.run("change drop", () -> super.drop(work));
    }
}
