-- History is protected: the triggers of the ledger and of documents are enabled, and the tenant's role cannot change append-only tables.
select null::uuid as wallet_id,
       format('trigger %s is %s', g.name, case when t.tgname is null then 'missing' else 'disabled' end) as detail
  from (values ('journal_entry', 'journal_entry_balanced'), ('posting', 'posting_complete'),
               ('journal_entry', 'journal_entry_immutable'), ('posting', 'posting_immutable'),
               ('price_version', 'price_version_immutable'), ('invoice', 'invoice_guarded'), ('invoice', 'invoice_adds_up'), ('invoice', 'invoice_corrects'),
               ('invoice', 'invoice_void_checked'), ('invoice', 'invoice_void_final'), ('invoice_void', 'invoice_void_whole'), ('invoice_void', 'invoice_void_immutable'),
               ('invoice_line', 'invoice_line_complete'), ('invoice_line', 'invoice_line_immutable'),
               ('invoice_number_sequence', 'invoice_series_guarded'), ('invoice_number_sequence', 'invoice_series_without_gap'),
               ('invoice_seller', 'invoice_seller_immutable'), ('invoice_buyer', 'invoice_buyer_immutable'),
               ('invoice_tax', 'invoice_tax_complete'), ('invoice_tax', 'invoice_tax_immutable'), ('invoice_file', 'invoice_file_immutable'),
               ('entry_tax', 'entry_tax_immutable'), ('applied_tax', 'applied_tax_immutable'),
               ('tax_rate', 'tax_rate_guarded'), ('tax_rate', 'tax_rate_not_deleted'), ('plan_tax', 'plan_tax_immutable'), ('tax_registration', 'tax_registration_immutable'), ('tax_registration_end', 'tax_registration_end_immutable'),
               ('wholesale_month', 'wholesale_month_immutable'), ('settled_period', 'settled_period_immutable'),
               ('settled_item', 'settled_item_immutable'), ('settled_price', 'settled_price_immutable'), ('settled_rate', 'settled_rate_immutable'), ('invoice_exchange_rate', 'invoice_exchange_rate_immutable'),
               ('settlement_delivery', 'settlement_delivery_immutable'), ('tax_pricing', 'tax_pricing_immutable'), ('tax_status', 'tax_status_immutable'), ('tax_document', 'tax_document_immutable'),
               ('vat_check', 'vat_check_immutable'), ('tax_corrected_charge', 'tax_corrected_charge_immutable'), ('datev_settings', 'datev_settings_immutable'), ('datev_account', 'datev_account_immutable'),
               ('document_template', 'document_template_immutable'), ('document_text', 'document_text_immutable'),
               ('approval_limit', 'approval_limit_immutable'), ('adjustment', 'adjustment_immutable'),
               ('adjustment_decision', 'adjustment_decision_immutable'), ('adjustment_decision', 'adjustment_decision_checked'),
               ('adjustment', 'adjustment_whole'), ('adjustment_invoice', 'adjustment_document_immutable'), ('adjustment_line', 'adjustment_line_immutable'),
               ('adjustment_line', 'adjustment_line_complete'), ('preapproved_document', 'adjustment_before_immutable'), ('invoice', 'invoice_is_conceded')) as g (relation, name)
  left join pg_class c on c.relname = g.relation and c.relnamespace = current_schema()::regnamespace
  left join pg_trigger t on t.tgrelid = c.oid and t.tgname = g.name
 where t.tgname is null
    or t.tgenabled not in ('O', 'A')
union all
select null, format('%s may %s %s', r.rolname, a.privilege_type, c.relname)
  from pg_class c
 cross join aclexplode(c.relacl) a
  join pg_roles r on r.oid = a.grantee and r.rolname = 'tn_' || substr(current_schema(), 3)
 where c.relnamespace = current_schema()::regnamespace
   and c.relkind in ('r', 'p')
   and obj_description(c.oid, 'pg_class') like 'append-only%'
   and a.privilege_type not in ('SELECT', 'INSERT')
