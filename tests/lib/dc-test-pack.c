/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-pack.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static const char campaign_text[] =
  "[Campaign]\n"
  "Format=1\n"
  "Id=migrants-day\n"
  "Name=International Migrants Day\n"
  "Name[fr]=Journée internationale des migrants\n"
  "Name[es]=Día Internacional del Migrante\n"
  "Demo=true\n"
  "Languages=en;fr;es\n"
  "TimeZone=Europe/Zurich\n"
  "Currency=CHF\n"
  "CupPrice=4.20\n"
  "MinimumAge=18\n"
  "ReplyDays=3\n"
  "Ends=2027-12-31\n"
  "\n"
  "[Keep]\n"
  "CopiesUntil=2028-06-30\n"
  "PledgesUntil=2028-12-31\n"
  "\n"
  "[Organisation]\n"
  "Name=International Service for Human Rights\n"
  "Name[fr]=Service international pour les droits de l’homme\n"
  "Name[es]=Servicio Internacional para los Derechos Humanos\n"
  "ShortName=ISHR\n"
  "ShortName[fr]=SIDH\n"
  "ShortName[es]=ISHR\n"
  "Email=info@example.org\n"
  "Phone=+41 22 919 71 00\n"
  "Website=https://example.org/\n"
  "Coordinator=Ana, at the office\n"
  "Coordinator[fr]=Ana, au bureau\n"
  "Coordinator[es]=Ana, en la oficina\n"
  "CoordinatorPhone=+41 79 000 00 00\n"
  "Address=Rue de Varembé 1, 1202 Genève\n"
  "Address[fr]=Rue de Varembé 1, 1202 Genève\n"
  "Address[es]=Rue de Varembé 1, 1202 Ginebra\n"
  "Logo=logo.svg\n"
  "\n"
  "[Appeal]\n"
  "Invitation=A cup a week. A defender heard.\n"
  "Invitation[fr]=Un café par semaine. Une voix entendue.\n"
  "Invitation[es]=Un café a la semana. Una voz escuchada.\n"
  "Closing=Because no human is illegal.\n"
  "Closing[fr]=Parce qu’aucun être humain n’est illégal.\n"
  "Closing[es]=Porque ningún ser humano es ilegal.\n"
  "\n"
  "[Story 1]\n"
  "Picture=story-cup.svg\n"
  "Alt=A cup and two hands\n"
  "Alt[fr]=Une tasse et deux mains\n"
  "Alt[es]=Una taza y dos manos\n"
  "Heading=A cup\n"
  "Heading[fr]=Une tasse\n"
  "Text=Some were tried for sharing a cup of coffee.\n"
  "Text[fr]=Certains ont été jugés pour un café partagé.\n"
  "Source=The appeal\n"
  "Source[fr]=L’appel\n"
  "Source[es]=El llamamiento\n"
  "\n"
  "[Story 2]\n"
  "Picture=story-bridge.png\n"
  "Alt=A bridge\n"
  "Alt[fr]=Un pont\n"
  "Alt[es]=Un puente\n"
  "Heading=A bridge\n"
  "Heading[fr]=Un pont\n"
  "Text=We build bridges.\n"
  "Text[fr]=Nous bâtissons des ponts.\n"
  "\n"
  "[Giving]\n"
  "Address=give.example.org\n"
  "Link=https://give.example.org/{language}{/interval,amount,reference}\n"
  "Appeal=https://example.org/{language}\n"
  "Film=https://example.org/film/{language}\n"
  "Languages=en;fr\n"
  "\n"
  "[Amounts]\n"
  "Minimum=5\n"
  "Maximum=5000\n"
  "OtherMonthly=Every franc keeps a door open.\n"
  "OtherMonthly[fr]=Chaque franc garde une porte ouverte.\n"
  "OtherMonthly[es]=Cada franco mantiene una puerta abierta.\n"
  "OtherOnce=Every gift counts.\n"
  "OtherOnce[fr]=Chaque don compte.\n"
  "OtherOnce[es]=Cada donación cuenta.\n"
  "\n"
  "[Monthly 1]\n"
  "Cups=1\n"
  "Per=week\n"
  "Effect=helps a defender to be heard\n"
  "Effect[fr]=aide une voix à être entendue\n"
  "Effect[es]=ayuda a que una voz sea escuchada\n"
  "\n"
  "[Monthly 2]\n"
  "Cups=1\n"
  "Per=day\n"
  "Effect=brings a defender to Geneva\n"
  "Effect[fr]=fait venir une personne à Genève\n"
  "Effect[es]=trae a una persona a Ginebra\n"
  "\n"
  "[Once 1]\n"
  "Amount=20\n"
  "Effect=pays an hour of advice\n"
  "Effect[fr]=paie une heure de conseil\n"
  "Effect[es]=paga una hora de asesoría\n"
  "\n"
  "[Once 2]\n"
  "Amount=50.50\n"
  "Effect=pays a day of advice\n"
  "Effect[fr]=paie une journée de conseil\n"
  "Effect[es]=paga un día de asesoría\n"
  "\n"
  "[Consent details]\n"
  "Version=1\n"
  "Shown=always\n"
  "Required=true\n"
  "Text=Keep my details to write to me about this promise.\n"
  "Text[fr]=Gardez mes coordonnées pour m’écrire au sujet de cette promesse.\n"
  "Text[es]=Guarden mis datos para escribirme sobre esta promesa.\n"
  "\n"
  "[Consent newsletter]\n"
  "Version=2\n"
  "Shown=email\n"
  "Required=false\n"
  "Text=Send me the newsletter.\n"
  "Text[fr]=Envoyez-moi la lettre d’information.\n"
  "Text[es]=Envíenme el boletín.\n"
  "\n"
  "[Notice]\n"
  "Version=1\n"
  "Short=We keep what you type to write to you about this promise.\n"
  "Short[fr]=Nous gardons ce que vous écrivez pour vous répondre.\n"
  "Short[es]=Guardamos lo que escribe para responderle.\n"
  "Controller=ISHR\n"
  "Controller[fr]=SIDH\n"
  "Controller[es]=ISHR\n"
  "DataProtection=privacy@example.org\n"
  "DataProtection[fr]=privacy@example.org\n"
  "DataProtection[es]=privacy@example.org\n"
  "Purposes=To write to you (your consent).\n"
  "Purposes[fr]=Vous écrire (votre consentement).\n"
  "Purposes[es]=Escribirle (su consentimiento).\n"
  "Recipients=Nobody else; Switzerland.\n"
  "Recipients[fr]=Personne d’autre ; Suisse.\n"
  "Recipients[es]=Nadie más; Suiza.\n"
  "Retention=Two years.\n"
  "Retention[fr]=Deux ans.\n"
  "Retention[es]=Dos años.\n"
  "Rights=See, correct, erase, move.\n"
  "Rights[fr]=Consulter, corriger, effacer, transférer.\n"
  "Rights[es]=Consultar, corregir, borrar, trasladar.\n"
  "Withdrawal=Write to us.\n"
  "Withdrawal[fr]=Écrivez-nous.\n"
  "Withdrawal[es]=Escríbanos.\n"
  "Authority=The FDPIC in Bern.\n"
  "Authority[fr]=Le PFPDT à Berne.\n"
  "Authority[es]=El PFPDT en Berna.\n"
  "Voluntary=You need not tell us anything.\n"
  "Voluntary[fr]=Rien n’est obligatoire.\n"
  "Voluntary[es]=Nada es obligatorio.\n"
  "\n"
  "[Demo]\n"
  "VolunteerPin=2468\n"
  "CoordinatorPin=135790\n";

const char *
dc_test_campaign_text (void)
{
  return campaign_text;
}

char *
dc_test_replace (const char *text,
                 const char *from,
                 const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  if (parts[0] == NULL || parts[1] == NULL)
    g_error ("dc_test_replace: there is no “%s”", from);

  return g_strjoinv (to, parts);
}

/* Runs a program; the test fails where it does. */
static void
run (const char *program,
     ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, program);
  for (const char *arg = program; arg != NULL; arg = va_arg (args, const char *))
    g_ptr_array_add (argv, (char *) arg);
  g_ptr_array_add (argv, NULL);
  va_end (args);

  process = g_subprocess_newv ((const char * const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  if (!g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s: %s", program, error->message);
}

void
dc_test_pack_write (const char *dir,
                    const char *name,
                    const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_file (const char *dir,
           const char *name,
           gsize      *size)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, size, &error);
  g_assert_no_error (error);

  return text;
}

/* The "age1…" of an identity file, which names it in a comment. */
static char *
make_recipient (const char *dir,
                const char *name)
{
  g_autofree char *path = g_build_filename (dir, "keys", name, NULL);
  g_autofree char *text = NULL;
  const char *recipient;

  run ("age-keygen", "-o", path, NULL);
  text = read_file (dir, path + strlen (dir), NULL);
  recipient = strstr (text, "age1");
  g_assert_nonnull (recipient);

  return g_strndup (recipient, strcspn (recipient, "\n"));
}

static void
generate_key (const char *dir,
              const char *public_name,
              const char *secret_name)
{
  g_autofree char *public_key = g_build_filename (dir, public_name, NULL);
  g_autofree char *secret_key = g_build_filename (dir, secret_name, NULL);

  run ("minisign", "-G", "-W", "-f", "-p", public_key, "-s", secret_key, NULL);
}

static void
make_keys (const char *dir)
{
  g_autofree char *keys = g_build_filename (dir, "keys", NULL);
  g_autofree char *desk = NULL;
  g_autofree char *spare = NULL;
  g_autofree char *recipients = NULL;

  g_assert_cmpint (g_mkdir (keys, 0700), ==, 0);
  generate_key (dir, "pack.pub", "keys/pack.key");
  desk = make_recipient (dir, "desk.txt");
  spare = make_recipient (dir, "spare.txt");
  recipients = g_strdup_printf ("# desk\n%s\n# spare\n%s\n", desk, spare);
  dc_test_pack_write (dir, "recipients.txt", recipients);
}

static char *
read_key (const char *dir,
          const char *name)
{
  g_autofree char *text = read_file (dir, name, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);

  return g_strdup (lines[1]);
}

char *
dc_test_pack_get_key (const char *dir)
{
  return read_key (dir, "pack.pub");
}

char *
dc_test_pack_make_next_key (const char *dir)
{
  generate_key (dir, "keys/next.pub", "keys/next.key");

  return read_key (dir, "keys/next.pub");
}

void
dc_test_pack_take_next_key (const char *dir)
{
  static const char * const moves[][2] = {
    { "keys/next.pub", "pack.pub" },
    { "keys/next.key", "keys/pack.key" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    g_autofree char *from = g_build_filename (dir, moves[i][0], NULL);
    g_autofree char *to = g_build_filename (dir, moves[i][1], NULL);

    g_assert_cmpint (g_rename (from, to), ==, 0);
  }
}

void
dc_test_pack_make_live (const char *dir,
                        guint       serial)
{
  g_autofree char *text = dc_test_replace (campaign_text, "Demo=true", "Demo=false");
  char *group = strstr (text, "\n[Demo]");

  group[1] = '\0';
  dc_test_pack_write (dir, "campaign.ini", text);
  dc_test_pack_sign (dir, "migrants-day", serial);
}

void
dc_test_pack_new (const char *dir)
{
  static const char svg[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>\n";
  /* one white pixel */
  static const guint8 png[] = {
    0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 'I', 'H', 'D', 'R',
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e,
    0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 'I', 'D', 'A', 'T', 0x78, 0xda, 0x63, 0xf8, 0x0f, 0x00,
    0x01, 0x01, 0x01, 0x00, 0x1c, 0xb0, 0x8c, 0x99, 0x00, 0x00, 0x00, 0x00, 'I', 'E', 'N', 'D',
    0xae, 0x42, 0x60, 0x82,
  };
  g_autofree char *picture = g_build_filename (dir, "story-bridge.png", NULL);
  g_autoptr (GError) error = NULL;

  make_keys (dir);
  dc_test_pack_write (dir, "campaign.ini", campaign_text);
  dc_test_pack_write (dir, "logo.svg", svg);
  dc_test_pack_write (dir, "story-cup.svg", svg);
  g_file_set_contents (picture, (const char *) png, sizeof png, &error);
  g_assert_no_error (error);
  dc_test_pack_sign (dir, "migrants-day", 1);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static gboolean
is_listed (const char *dir,
           const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return !g_str_has_prefix (name, "manifest") && !g_str_equal (name, "pack.pub") &&
         g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

void
dc_test_pack_sign (const char *dir,
                   const char *campaign,
                   guint       serial)
{
  g_autoptr (GString) manifest = g_string_new ("daily-cup pack 1\n");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)) != NULL) {
    if (is_listed (dir, name))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);

  g_string_append_printf (manifest, "campaign %s\nserial %u\n", campaign, serial);
  for (guint i = 0; i < names->len; i++) {
    gsize size;
    g_autofree char *text = read_file (dir, names->pdata[i], &size);
    g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) text, size);

    g_string_append_printf (manifest, "%s  %" G_GSIZE_FORMAT "  %s\n",
                            hash, size, (char *) names->pdata[i]);
  }
  dc_test_pack_write (dir, "manifest", manifest->str);
  dc_test_pack_sign_manifest (dir);
}

void
dc_test_pack_sign_file (const char *dir,
                        const char *path)
{
  g_autofree char *secret_key = g_build_filename (dir, "keys", "pack.key", NULL);

  run ("minisign", "-S", "-s", secret_key, "-m", path, NULL);
}

void
dc_test_pack_sign_manifest (const char *dir)
{
  g_autofree char *manifest = g_build_filename (dir, "manifest", NULL);

  dc_test_pack_sign_file (dir, manifest);
}
