/**
 * What is done about debts: a reseller's ladder of reminders and suspensions, where each customer stands on it, and the way back when money
 * comes. Owns {@code dunning_policy, dunning_policy_step, dunning_case, dunning_step, dunning_suspension, dunning_pause,
 * dunning_reminder_rule, dunning_reminder}, reads {@code wallet,
 * wallet_event, service, organization} and who may be written to; calls bank, provisioning, mail, notice, work, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.dunning;
