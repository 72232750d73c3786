/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign.h"

G_BEGIN_DECLS

/* Private to this folder: reading campaign.ini key by key. */

#define DC_LANGUAGES_MAX 12

/* A text by language, in the order of Languages=; NULL where one is missing,
 * the first never (of a text that is there at all). */
typedef struct
{
  const char *in[DC_LANGUAGES_MAX];
} DcTexts;

/**
 * DcKeys:
 * @file: the parsed text
 * @known: names of the groups asked for, and "group\nkey" of the keys
 * @strings: (not owned) holds every string that is handed out
 * @languages: (not owned) of the campaign, once they are read
 * @missing: (not owned) for each language, the texts it lacks
 * @problems: (not owned) (nullable) where reading goes on after a problem, the
 *   messages so far
 *
 * A campaign.ini that is being read: remembers what it was asked for, so that
 * in the end what nobody asked for is known to mean nothing. Lives on the
 * stack of dc_campaign_new_from_data ().
 */
typedef struct
{
  GKeyFile           *file;
  GHashTable         *known;
  GStringChunk       *strings;
  const char * const *languages;
  guint               n_languages;
  GPtrArray          *missing[DC_LANGUAGES_MAX];
  GPtrArray          *problems;
} DcKeys;

typedef enum
{
  DC_NEEDED,
  DC_OPTIONAL,   /* where it is not there, the result is left as it was */
} DcNeed;

typedef gboolean (*DcCheck) (const char *value);

/* Every line of the raw text: UTF-8 without control characters, a group, a
 * key, a comment or nothing, and no group or key twice, which GKeyFile would
 * merge in silence. @n_keys: how many there are. @problems: (nullable) as in
 * DcKeys. */
gboolean dc_campaign_check_lines (const char  *data,
                                  gsize        length,
                                  guint       *n_keys,
                                  GPtrArray   *problems,
                                  GError     **error);
/* Whether a character may stand in a campaign's text. */
gboolean dc_campaign_char_good   (gunichar     c);

gboolean dc_keys_open     (DcKeys            *keys,
                           const char        *data,
                           gsize              length,
                           GError           **error);
void     dc_keys_close    (DcKeys            *keys);
gboolean dc_keys_has_group (DcKeys           *keys,
                            const char       *group);
gboolean dc_keys_has_key  (DcKeys            *keys,
                           const char        *group,
                           const char        *key);

/* @good as it is, where reading ends at the first problem. Else notes what is
 * in @error, clears that and returns TRUE: what was to be read is left as it
 * was, and whoever needs it must do without. */
gboolean dc_keys_go_on    (DcKeys            *keys,
                           gboolean           good,
                           GError           **error);

/* The value of a key, unescaped, without control characters and composed; NULL
 * where it is optional and not there. @value: (transfer full). */
gboolean dc_keys_value    (DcKeys            *keys,
                           const char        *group,
                           const char        *key,
                           DcNeed             need,
                           const char        *expected,
                           char             **value,
                           GError           **error);
/* Each of these reads one key too, and refuses it naming group, key, what was
 * found and what was expected. */
gboolean dc_keys_string   (DcKeys            *keys,
                           const char        *group,
                           const char        *key,
                           DcNeed             need,
                           DcCheck            check,
                           const char        *expected,
                           const char       **value,
                           GError           **error);
gboolean dc_keys_texts    (DcKeys            *keys,
                           const char        *group,
                           const char        *key,
                           DcNeed             need,
                           guint              max_chars,
                           DcTexts           *texts,
                           GError           **error);
gboolean dc_keys_number   (DcKeys            *keys,
                           const char        *group,
                           const char        *key,
                           guint              minimum,
                           guint              maximum,
                           guint             *number,
                           GError           **error);
gboolean dc_keys_boolean  (DcKeys            *keys,
                           const char        *group,
                           const char        *key,
                           gboolean          *value,
                           GError           **error);
/* More than nothing. */
gboolean dc_keys_money    (DcKeys            *keys,
                           const char        *group,
                           const char        *key,
                           const char        *currency,
                           DcMoney           *money,
                           GError           **error);
/* 1 to DC_LANGUAGES_MAX language tags with ";" between; NULL-terminated. */
gboolean dc_keys_languages (DcKeys           *keys,
                            const char       *group,
                            const char       *key,
                            const char       *languages[DC_LANGUAGES_MAX + 1],
                            GError          **error);

/* Whether there is nothing that none of the calls above asked for. */
gboolean dc_keys_all_known (DcKeys           *keys,
                            GError          **error);

/* Sets "campaign.ini: [group] key: found “…”, expected …" and returns FALSE.
 * @key and @found may be NULL. */
gboolean dc_keys_refuse   (GError           **error,
                           DcCampaignError    code,
                           const char        *group,
                           const char        *key,
                           const char        *found,
                           const char        *format,
                           ...) G_GNUC_PRINTF (6, 7);
/* (transfer full) @text as it may stand in a message: 60 characters at most. */
char    *dc_keys_quote    (const char        *text);

/* What single values may be. */
gboolean dc_is_any          (const char *value);
gboolean dc_is_slug         (const char *value);   /* [a-z0-9-]{1,64} */
gboolean dc_is_language     (const char *value);   /* "fr", "pt-BR", "zh-Hant" */
gboolean dc_is_time_zone    (const char *value);   /* "Europe/Zurich" */
gboolean dc_is_currency     (const char *value);
gboolean dc_is_date         (const char *value);   /* "2027-12-31" */
gboolean dc_is_picture_name (const char *value);   /* [a-z0-9._-]{1,64}.(svg|png) */
gboolean dc_is_pin          (const char *value);
gboolean dc_is_web_address  (const char *value);   /* https, ASCII */
gboolean dc_is_short_address (const char *value);  /* 1 to 25 visible ASCII characters */

/* A variable of a link and how long its value can be. */
typedef struct
{
  const char *name;
  gsize       longest;
} DcVariable;

/* The longest that an RFC 6570 template (to level 3) gets when its @variables,
 * ended by a NULL name, are expanded. 0: not a template of an https address,
 * or one with a variable that is not among them. */
gsize    dc_template_longest (const char       *text,
                              const DcVariable *variables);

G_END_DECLS
