package io.tenantry.web.undo;

import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.LegalTexts;
import io.tenantry.catalog.Catalog;
import io.tenantry.launch.SshKeys;
import io.tenantry.launch.StartScripts;
import io.tenantry.news.Announcements;
import io.tenantry.notice.Inbox;
import io.tenantry.storefront.Disruptions;
import io.tenantry.storefront.Enquiries;
import io.tenantry.storefront.SiteEditor;
import io.tenantry.wallet.OrganizationWallets;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** The use cases that steps go back by. */
@Dependent
public class Inverses {
    @Inject
    Enquiries enquiries;

    @Inject
    SiteEditor site;

    @Inject
    Announcements announcements;

    @Inject
    Disruptions disruptions;

    @Inject
    SshKeys keys;

    @Inject
    StartScripts scripts;

    @Inject
    OrganizationWallets wallets;

    @Inject
    Catalog catalog;

    @Inject
    BrandEditor brand;

    @Inject
    LegalTexts texts;

    @Inject
    Inbox inbox;
}
