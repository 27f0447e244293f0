package io.tenantry.web.undo;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.announcement.Announcements;
import io.tenantry.brand.storefront.ContactMessages;
import io.tenantry.brand.storefront.Incidents;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.people.notification.NotificationInbox;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/**
 * The use cases that undo actions call. Has more than ten fields because it is nothing but their list: each kind of action that can be undone has
 * its own.
 */
@Dependent
public class UndoOperations {
    @Inject
    ContactMessages contactMessages;

    @Inject
    StorefrontEditor site;

    @Inject
    Announcements announcements;

    @Inject
    Incidents incidents;

    @Inject
    SshKeys keys;

    @Inject
    StartupScripts scripts;

    @Inject
    WalletAdministration wallets;

    @Inject
    Catalog catalog;

    @Inject
    BrandEditor brand;

    @Inject
    LegalTexts texts;

    @Inject
    NotificationInbox notificationInbox;
}
