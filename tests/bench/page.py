# SPDX-FileCopyrightText: The Daily Cup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The welcome page of a campaign as a web page: the same pictures, words,
code and buttons as the kiosk shows, in the same places, in plain HTML with
one timer. A web kiosk could hardly be lighter."""

import html
import pathlib
import re
import subprocess

STYLE = '''
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font: 18px Inter, sans-serif; background: #fbf6ec; color: #1b2a38; width: 100vw; height: 100vh;
  overflow: hidden; display: flex; flex-direction: column; user-select: none }
main { flex: 1; display: flex; min-height: 0 }
.telling { flex: 0 0 64%; padding: 32px 48px 20px; display: flex; flex-direction: column; min-width: 0; gap: 20px }
.brand { display: flex; align-items: center; gap: 14px; font-weight: 600 }
.brand svg { height: 48px; width: 48px }
.frame { flex: 1; overflow: hidden; min-height: 0 }
.stories { display: flex; height: 100%; gap: 48px; transition: transform .3s }
.story { flex: 0 0 100%; display: flex; flex-direction: column; gap: 14px; min-height: 0; font-size: 21px; line-height: 1.45 }
.picture { flex: 1; min-height: 0; border-radius: 22px; overflow: hidden }
.picture svg { width: 100%; height: 100% }
h1 { font: 500 36px/1 "EB Garamond", serif; align-self: start; text-align: left }
h2 { font: 500 48px/1 "EB Garamond", serif }
.source { font-size: 16px; opacity: .7 }
.dots { text-align: center; color: #efbfa6; letter-spacing: 6px; height: 20px }
.panel { flex: 1; background: #f3eada; padding: 32px 44px; display: flex; flex-direction: column;
  align-items: center; justify-content: center; gap: 20px; text-align: center }
button { border: 0; border-radius: 22px; background: #0e4a56; color: #fff; font: 600 22px Inter, sans-serif;
  width: 100%; height: 80px; box-shadow: 0 1px 2px #0a2a3038, 0 8px 20px #0a2a302e }
.code { background: #fff; border-radius: 22px; padding: 8px; line-height: 0;
  box-shadow: 0 1px 2px #4a3a2024, 0 10px 28px #4a3a201f }
.code svg { width: 296px; height: 296px }
.languages { display: flex; gap: 40px; font-weight: 600; align-self: end }
.languages a { padding: 14px 18px; border-radius: 26px }
.languages a.on { background: #fff; box-shadow: 0 1px 3px #4a3a2029 }
.ribbon { background: #e2a63b; text-align: center; font-size: 15px; font-weight: 600; padding: 6px }
'''

SCRIPT = '''
const stories = document.querySelector('.stories');
let shown = 0;
setInterval(() => {
  shown = (shown + 1) % stories.children.length;
  stories.style.transform = `translateX(-${100 * shown}%)`;
}, SECONDS * 1000);
'''


def read_campaign(folder):
    """{group: {key: text in the first language}}"""
    groups, group = {}, None
    for line in (folder / 'campaign.ini').read_text().split('\n'):
        if match := re.fullmatch(r'\[(.+)\]', line):
            group = groups.setdefault(match[1], {})
        elif (match := re.match(r'(\w+)=(.*)$', line)) and group is not None:
            group[match[1]] = match[2].replace('\\n', '\n')
    return groups


def drawing(folder, name):
    """The picture itself, not a link to it: one file less to load."""
    text = (folder / name).read_text()
    return re.sub(r'^<\?xml[^>]*\?>|<!--.*?-->', '', text, flags=re.S).strip()


def code(text):
    svg = subprocess.run(['qrencode', '-t', 'SVG', '-l', 'M', '-m', '4', '-o', '-', text],
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    return re.sub(r'^<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|<!--.*?-->', '', svg, flags=re.S).strip()


def say(text):
    return html.escape(text).replace('\n', '<br>')


def story(folder, group):
    source = f'<p class="source">{say(group["Source"])}</p>' if 'Source' in group else ''
    return (f'<div class="story"><div class="picture">{drawing(folder, group["Picture"])}</div><h2>{say(group["Heading"])}</h2>'
            f'<p>{say(group["Text"])}</p>{source}</div>')


def welcome_page(folder, seconds):
    """The page of the campaign in @folder, whose story goes on every @seconds."""
    folder = pathlib.Path(folder)
    campaign = read_campaign(folder)
    giving, organisation = campaign['Giving'], campaign['Organisation']
    stories = ''.join(story(folder, campaign[f'Story {number}'])
                      for number in range(1, 9) if f'Story {number}' in campaign)
    languages = ''.join(f'<a{" class=on" if not number else ""}>{say(language)}</a>'
                        for number, language in enumerate(campaign['Campaign']['Languages'].split(';')))
    link = re.sub(r'\{.*?\}', 'en', giving['Link'], count=1)
    link = re.sub(r'\{.*?\}', '', link)
    return f'''<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{say(campaign["Campaign"]["Name"])}</title>
<style>{STYLE}</style></head><body><main>
<div class="telling"><div class="brand">{drawing(folder, organisation["Logo"])}<span>{say(organisation["Name"])}</span></div>
<div class="frame"><div class="stories">{stories}</div></div><div class="dots">{"●" * stories.count("<h2>")}</div></div>
<div class="panel"><div class="languages">{languages}</div><h1>{say(campaign["Appeal"]["Invitation"])}</h1>
<button>Give</button><div class="code">{code(link)}</div><p>or give on your own phone</p><b>{say(giving["Address"])}</b></div>
</main><div class="ribbon">Demonstration. Nothing you enter here is sent to anyone.</div>
<script>{SCRIPT.replace("SECONDS", str(seconds))}</script></body></html>
'''
