/**
 * Dunning: a reseller's policy of reminders and suspensions, the state of each debt under it, and the resumption after a payment. Owns
 * {@code dunning_policy, dunning_policy_step, dunning_case, dunning_step, dunning_suspension, dunning_pause, dunning_plan_rule,
 * dunning_reminder_rule, dunning_reminder}. Calls {@code billing.wallet, catalog.fx, cloud.provisioning, documents.mail, people.identity,
 * people.notification, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.dunning;
