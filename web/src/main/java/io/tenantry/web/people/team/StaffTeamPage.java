package io.tenantry.web.people.team;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Who works for the reseller, and in the console, who operates the platform. */
@Named
@ViewScoped
public class StaffTeamPage extends TeamPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Staff staff;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    AccountLocks locks;

    @Override
    protected Team team() {
        return new Team.OfStaff(staff, personAccounts, locks);
    }

    @Override
    public String getPath() {
        return isPlatform() ? "/admin/operators" : "/staff/team";
    }

    /** Where links are not mailed nobody but its person may see one into an account that has a password. */
    @Override
    public boolean isLinkForAll() {
        return personAccounts.isLinkMailed();
    }

    private static boolean isPlatform() {
        return Tenancy.scope().equals(Scope.PLATFORM);
    }
}
